import { workspace, type Uri } from 'vscode';
import { Disposable } from '../base/lifecycle.js';
import type { EditSettings } from '../settings/settings.js';
import type { Admission } from './admission.js';
import type { EditTracker } from './editTracker.js';
import { renderFileChanges, type FileChange } from './fileChange.js';
import type { StreamFeed } from './streamFeed.js';

export interface FileEventsOptions {
  readonly admission: Admission;
  readonly feed: StreamFeed;
  readonly tracker: EditTracker;
  readonly settings: () => EditSettings;
  readonly isOn: () => boolean;
}

/** Streams what the person does to files as a whole: saves, renames and deletes, each kind if its setting says so. */
export class FileEvents extends Disposable {
  readonly #options: FileEventsOptions;

  constructor(options: FileEventsOptions) {
    super();
    this.#options = options;
    this.register(
      workspace.onDidSaveTextDocument(({ uri }) => void this.#tell('save', () => this.#each('saved', [uri]))),
    );
    this.register(
      workspace.onDidDeleteFiles(({ files }) => void this.#tell('delete', () => this.#each('deleted', files))),
    );
    this.register(
      workspace.onDidRenameFiles(({ files }) => {
        void this.#tell('rename', async () => {
          const changes = await Promise.all(files.map(({ oldUri, newUri }) => this.#renamed(oldUri, newUri)));
          return changes.flat();
        });
      }),
    );
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
    const paths = await Promise.all(uris.map((uri) => this.#path(uri)));
    return paths.flatMap((path) => (path === undefined ? [] : [{ what, path }]));
  }

  /** The old name of a file that was private stays private. */
  async #renamed(oldUri: Uri, newUri: Uri): Promise<readonly FileChange[]> {
    const [from, path] = await Promise.all([this.#path(oldUri), this.#path(newUri)]);
    if (path === undefined) return [];
    return [{ what: 'renamed', path, ...(from === undefined ? {} : { from }) }];
  }

  async #path(uri: Uri): Promise<string | undefined> {
    const verdict = await this.#options.admission.admit(uri);
    return 'path' in verdict ? verdict.path : undefined;
  }
}
