import { workspace, type Uri } from 'vscode';
import { Emitter, type Event } from 'vscode-jsonrpc/node';
import { Delayer } from '../base/async.js';
import { Disposable } from '../base/lifecycle.js';
import { Recent } from '../base/recent.js';
import { movedFiles } from './movedFiles.js';

export interface RenamedFile {
  readonly oldUri: Uri;
  readonly newUri: Uri;
}

/** What was done to files of the workspace at once, in a terminal or by another program. */
export interface OutsideAction {
  readonly deleted: readonly Uri[];
  readonly renamed: readonly RenamedFile[];
}

/** Milliseconds after the first sign in which the others of the same action are awaited. */
const ACTION = 500;

/** Milliseconds after which a file that had appeared is no passing one, such as programs make for a moment. */
const PASSING = 10_000;

/** Milliseconds in which the disk tells of what was done in the editor, which is told already. */
const ECHO = 10_000;

/** Milliseconds by which clocks of disks may be coarse. */
const COARSE = 2_000;

/** Notices files that are deleted or renamed outside of the editor, by what the file system tells. */
export class OutsideFiles extends Disposable {
  readonly #onDidAct = this.register(new Emitter<OutsideAction>());
  readonly onDidAct: Event<OutsideAction> = this.#onDidAct.event;
  readonly #settled = this.register(new Delayer(() => void this.#settle()));
  readonly #vanished = new Map<string, Uri>();
  readonly #appeared = new Map<string, Uri>();
  /** Files that were not there before. */
  readonly #young = new Recent(PASSING);
  /** What was done in the editor itself. */
  readonly #own = new Recent(ECHO);

  constructor() {
    super();
    const watcher = this.register(workspace.createFileSystemWatcher('**/*', false, true, false));
    this.register(watcher.onDidDelete((uri) => this.#note(this.#vanished, uri)));
    this.register(
      watcher.onDidCreate((uri) => {
        this.#young.add(String(uri));
        this.#note(this.#appeared, uri);
      }),
    );
    this.register(workspace.onDidDeleteFiles(({ files }) => files.forEach((uri) => this.#own.add(String(uri)))));
    this.register(
      workspace.onDidRenameFiles(({ files }) => {
        for (const { oldUri, newUri } of files) for (const uri of [oldUri, newUri]) this.#own.add(String(uri));
      }),
    );
  }

  #note(into: Map<string, Uri>, uri: Uri): void {
    into.set(String(uri), uri);
    if (!this.#settled.scheduled) this.#settled.schedule(ACTION);
  }

  async #settle(): Promise<void> {
    const began = Date.now() - ACTION;
    const [vanished, appeared] = [this.#outside(this.#vanished), this.#outside(this.#appeared)];
    this.#vanished.clear();
    this.#appeared.clear();
    const known = vanished.filter((uri) => !this.#young.has(String(uri)));
    // Other programs save a file by putting a new one into its place.
    const gone = (await onDisk(known)).flatMap(({ uri, changed }) => (changed === undefined ? [uri] : []));
    if (gone.length === 0) return;
    // A file that is moved is as old as it was.
    const old = (await onDisk(appeared)).flatMap(({ uri, changed = Infinity }) =>
      changed < began - COARSE ? [uri] : [],
    );
    const moved = movedFiles(gone.map(pathOf), old.map(pathOf));
    const froms = new Map(moved.map(({ from, to }) => [from, old.find(({ path }) => path === to)]));
    const renamed = gone.flatMap((oldUri) => {
      const newUri = froms.get(oldUri.path);
      return newUri ? [{ oldUri, newUri }] : [];
    });
    for (const { newUri } of renamed) this.#young.delete(String(newUri));
    this.#onDidAct.fire({ deleted: gone.filter(({ path }) => !froms.has(path)), renamed });
  }

  #outside(noted: ReadonlyMap<string, Uri>): readonly Uri[] {
    return [...noted].flatMap(([name, uri]) => (this.#own.has(name) ? [] : [uri]));
  }
}

interface OnDisk {
  readonly uri: Uri;
  /** Milliseconds since 1970; undefined when it is not there. */
  readonly changed: number | undefined;
}

function onDisk(uris: readonly Uri[]): Promise<readonly OnDisk[]> {
  return Promise.all(
    uris.map(async (uri) => {
      // What cannot be looked at is as good as not there.
      const stat = await Promise.resolve(workspace.fs.stat(uri)).catch(() => undefined);
      return { uri, changed: stat?.mtime };
    }),
  );
}

const pathOf = ({ path }: Uri): string => path;
