import { Uri, workspace } from 'vscode';
import { Disposable } from '../base/lifecycle.js';
import type { BesideEdits } from './besideEdits.js';
import { renderFileChanges, type FileChange } from './fileChange.js';
import { OutsideFiles, type RenamedFile } from './outsideFiles.js';

/**
 * Streams what happens to files as a whole, each kind if its setting says so: saves; renames and deletes in the editor, and
 * those outside of it.
 */
export class FileEvents extends Disposable {
  readonly #options: BesideEdits;

  constructor(options: BesideEdits) {
    super();
    this.#options = options;
    this.register(
      workspace.onDidSaveTextDocument(({ uri }) => void this.#tell('save', () => this.#each('saved', [uri]))),
    );
    this.register(workspace.onDidDeleteFiles(({ files }) => void this.#tellDeleted(files)));
    this.register(workspace.onDidRenameFiles(({ files }) => void this.#tellRenamed(files)));
    this.register(
      this.register(new OutsideFiles()).onDidAct(({ deleted, renamed }) => {
        void this.#tellRenamed(renamed);
        void this.#tellDeleted(deleted);
      }),
    );
  }

  #tellDeleted(files: readonly Uri[]): Promise<void> {
    return this.#tell('delete', () => this.#each('deleted', files));
  }

  #tellRenamed(files: readonly RenamedFile[]): Promise<void> {
    return this.#tell('rename', async () => {
      const changes = await Promise.all(files.map(({ oldUri, newUri }) => this.#renamed(oldUri, newUri)));
      return changes.flat();
    });
  }

  async #tell(kind: 'save' | 'rename' | 'delete', read: () => Promise<readonly FileChange[]>): Promise<void> {
    const { feed, tracker, settings, isOn } = this.#options;
    if (!isOn() || !settings().events.includes(kind)) return;
    const changes = await read();
    if (changes.length === 0) return;
    // What was edited before comes before.
    await tracker.settleAll();
    for (const event of renderFileChanges(changes)) feed.add(event);
  }

  async #each(what: 'saved' | 'deleted', uris: readonly Uri[]): Promise<readonly FileChange[]> {
    const paths = await Promise.all(uris.map((uri) => (what === 'saved' ? this.#path(uri) : this.#placePath(uri))));
    return paths.flatMap((path) => (path === undefined ? [] : [{ what, path }]));
  }

  /** The old name of a file that was private stays private. */
  async #renamed(oldUri: Uri, newUri: Uri): Promise<readonly FileChange[]> {
    const [from, path] = await Promise.all([this.#placePath(oldUri), this.#placePath(newUri)]);
    if (path === undefined) return [];
    return [{ what: 'renamed', path, ...(from === undefined ? {} : { from }) }];
  }

  /** Of a file or a folder, which of them can no longer be seen: what keeps a folder out keeps out what is in it. */
  async #placePath(uri: Uri): Promise<string | undefined> {
    const inside = await this.#path(Uri.joinPath(uri, 'file'));
    return inside === undefined ? undefined : this.#path(uri);
  }

  async #path(uri: Uri): Promise<string | undefined> {
    const verdict = await this.#options.admission.admit(uri);
    return 'path' in verdict ? verdict.path : undefined;
  }
}
