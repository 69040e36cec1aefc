import { FileSystemError, Uri, workspace, type WorkspaceFolder } from 'vscode';
import { Emitter, type Event } from 'vscode-jsonrpc/node';
import { Disposable } from '../base/lifecycle.js';
import type { Log } from '../base/log.js';
import type { Settings } from '../settings/settings.js';
import { IgnoreFiles, isIgnoreFile } from './ignoreFiles.js';
import { cellAt } from './notebookCells.js';
import { isSecretFolder, isSecretPath } from './secretPaths.js';

/** Why a file stays out of the session. */
export type Refusal = 'untrusted' | 'outside' | 'secret' | 'ignored';

export type Verdict =
  /** With the path as the model sees it. */
  { readonly path: string } | { readonly refused: Refusal };

/** Schemes of texts that are files to a person without being in the workspace. */
const LOOSE_SCHEMES = new Set(['file', 'untitled', 'vscode-remote']);

/** Decides which files the session may see. Everything about privacy by name and place is asked here. */
export class Admission extends Disposable {
  readonly #settings: Settings;
  readonly #log: Log;
  readonly #folders = new Map<string, IgnoreFiles>();
  readonly #onDidChange = this.register(new Emitter<undefined>());
  /** Earlier verdicts may no longer hold. */
  readonly onDidChange: Event<undefined> = this.#onDidChange.event;

  constructor(settings: Settings, log: Log) {
    super();
    this.#settings = settings;
    this.#log = log;
    // This sees the workspace only: the files above a folder are read when it is first asked for, and again with a refresh.
    const watcher = this.register(workspace.createFileSystemWatcher('**/{.gitignore,.endlessignore}'));
    const refresh = (): void => this.#refresh();
    for (const event of [watcher.onDidCreate, watcher.onDidChange, watcher.onDidDelete]) this.register(event(refresh));
    // The disk tells with a delay; what is done in the editor counts before anything else that is done in it.
    const done = (files: readonly Uri[]): void => {
      if (files.some(({ path }) => isIgnoreFile(path))) this.#refresh();
    };
    this.register(workspace.onDidSaveTextDocument(({ uri }) => done([uri])));
    this.register(workspace.onDidCreateFiles(({ files }) => done(files)));
    this.register(workspace.onDidDeleteFiles(({ files }) => done(files)));
    this.register(workspace.onDidRenameFiles(({ files }) => done(files.flatMap((file) => [file.oldUri, file.newUri]))));
    this.register(settings.onDidChange(refresh));
    this.register(workspace.onDidChangeWorkspaceFolders(refresh));
    this.register(workspace.onDidGrantWorkspaceTrust(refresh));
  }

  /** Whether the edits and the outline of a file, or of a cell of a notebook, may enter the stream. */
  async admit(uri: Uri): Promise<Verdict> {
    if (!workspace.isTrusted) return { refused: 'untrusted' };
    const cell = cellAt(uri);
    const file = cell?.notebook ?? uri;
    if (file.scheme === 'untitled' && this.#settings.edits().untitled) return this.#judgeLoose(file);
    const folder = workspace.getWorkspaceFolder(file);
    if (folder?.uri.scheme !== file.scheme) return { refused: 'outside' };
    const verdict = await this.#judge(file, folder);
    return cell && 'path' in verdict ? { path: `${verdict.path} › cell ${cell.number}` } : verdict;
  }

  /** Whether a completion may read the file: also one outside the workspace or not yet saved. */
  async admitToCompletion(uri: Uri): Promise<Verdict> {
    if (!workspace.isTrusted) return { refused: 'untrusted' };
    const file = cellAt(uri)?.notebook ?? uri;
    const folder = workspace.getWorkspaceFolder(file);
    if (folder?.uri.scheme === file.scheme) return this.#judge(file, folder);
    return LOOSE_SCHEMES.has(file.scheme) ? this.#judgeLoose(file) : { refused: 'outside' };
  }

  #judgeLoose({ path }: Uri): Verdict {
    return isSecretPath(path) ? { refused: 'secret' } : { path: plain(path.slice(path.lastIndexOf('/') + 1)) };
  }

  async #judge(uri: Uri, folder: WorkspaceFolder): Promise<Verdict> {
    const inFolder = relativeTo(folder, uri);
    if (inFolder === undefined) return { refused: 'outside' };
    if (isSecretPath(inFolder) || isSecretFolder(folder.uri.path)) return { refused: 'secret' };
    if (await this.#ignoreFiles(folder).ignores(inFolder)) return { refused: 'ignored' };
    return { path: plain(workspace.asRelativePath(uri)) };
  }

  #ignoreFiles(folder: WorkspaceFolder): IgnoreFiles {
    const key = folder.uri.toString();
    let files = this.#folders.get(key);
    if (!files) {
      files = new IgnoreFiles(
        (path) => this.#read(Uri.joinPath(folder.uri, path)),
        () => this.#settings.edits().exclude,
        folder.uri.path,
      );
      this.#folders.set(key, files);
    }
    return files;
  }

  async #read(uri: Uri): Promise<string | undefined> {
    try {
      return new TextDecoder().decode(await workspace.fs.readFile(uri));
    } catch (error) {
      const absent = error instanceof FileSystemError && /FileNotFound|NotADirectory/.test(error.code);
      if (!absent) this.#log.warn(`Could not read ${uri.toString()}: ${String(error)}`);
      return undefined;
    }
  }

  #refresh(): void {
    this.#folders.clear();
    this.#onDidChange.fire(undefined);
  }
}

/** Path below the folder with `/`, or undefined when the file is not below it. */
function relativeTo(folder: WorkspaceFolder, uri: Uri): string | undefined {
  const root = folder.uri.path.endsWith('/') ? folder.uri.path : `${folder.uri.path}/`;
  const path = uri.path.startsWith(root) ? uri.path.slice(root.length) : undefined;
  return path === undefined || path === '' || path.split('/').includes('..') ? undefined : path;
}

/** A file name may hold line ends and other control characters; the first line of an event may not. */
function plain(path: string): string {
  return path.replace(/[\u0000-\u001f\u007f\u2028\u2029]/g, '?');
}
