import {
  EventEmitter,
  FileSystemError,
  FileType,
  Uri,
  type FileChangeEvent,
  type FileStat,
  type FileSystemProvider,
} from 'vscode';
import { Disposable } from '../base/lifecycle.js';

export const PROPOSAL_SCHEME = 'endless-proposal';

interface ProposalFile {
  readonly text: Uint8Array;
  readonly modified: number;
}

/** Proposed texts, in memory only. They can be written, so that the diff editor's own arrows take back single changes. */
export class ProposalFiles extends Disposable implements FileSystemProvider {
  readonly #files = new Map<string, ProposalFile>();
  readonly #onDidChangeFile = this.register(new EventEmitter<FileChangeEvent[]>());
  readonly onDidChangeFile = this.#onDidChangeFile.event;
  #count = 0;

  /** @param path of the file that the proposal is for: its name decides the language. */
  add(path: string, text: string): Uri {
    const uri = Uri.from({ scheme: PROPOSAL_SCHEME, path: `/${++this.#count}/${path.split('/').at(-1) ?? ''}` });
    // The mark says that it is UTF-8: else VS Code would read it by `files.encoding`.
    this.writeFile(uri, new TextEncoder().encode(`\ufeff${text}`));
    return uri;
  }

  remove(uri: Uri): void {
    this.#files.delete(uri.path);
  }

  stat(uri: Uri): FileStat {
    const { text, modified } = this.#get(uri);
    return { type: FileType.File, ctime: modified, mtime: modified, size: text.length };
  }

  readFile(uri: Uri): Uint8Array {
    return this.#get(uri).text;
  }

  writeFile(uri: Uri, text: Uint8Array): void {
    this.#files.set(uri.path, { text, modified: Date.now() });
  }

  watch(): Disposable {
    return new Unwatched();
  }

  readDirectory(): never {
    throw FileSystemError.NoPermissions();
  }

  createDirectory(): never {
    throw FileSystemError.NoPermissions();
  }

  delete(): never {
    throw FileSystemError.NoPermissions();
  }

  rename(): never {
    throw FileSystemError.NoPermissions();
  }

  #get(uri: Uri): ProposalFile {
    const file = this.#files.get(uri.path);
    if (!file) throw FileSystemError.FileNotFound(uri);
    return file;
  }
}

/** Nobody else writes these files: there is nothing to watch. */
class Unwatched extends Disposable {}
