import type { Ignore } from 'ignore';
import { foldersAbove, isIgnored, parseRules } from './ignoreTree.js';

/** Text of a file below the root, or undefined when there is none. */
export type ReadFile = (path: string) => Promise<string | undefined>;

const IGNORE_FILES = ['.gitignore', '.endlessignore'] as const;

/** Git's own list beside the repository's files. */
const REPOSITORY_EXCLUDE = '.git/info/exclude';

/** The ignore rules of one workspace folder, read when a file below it is asked for and kept until `refresh`. */
export class IgnoreFiles {
  readonly #read: ReadFile;
  readonly #exclude: () => readonly string[];
  #folders = new Map<string, Promise<Ignore | undefined>>();

  /** @param exclude more patterns, as from the settings; they count as rules of the root. */
  constructor(read: ReadFile, exclude: () => readonly string[]) {
    this.#read = read;
    this.#exclude = exclude;
  }

  /** @param path relative to the root, with `/`. */
  async ignores(path: string): Promise<boolean> {
    const folders = foldersAbove(path);
    const rules = new Map<string, Ignore | undefined>();
    await Promise.all(folders.map(async (folder) => rules.set(folder, await this.#load(folder))));
    return isIgnored(path, (folder) => rules.get(folder));
  }

  /** Reads everything again when it is next needed. */
  refresh(): void {
    this.#folders = new Map();
  }

  #load(folder: string): Promise<Ignore | undefined> {
    let rules = this.#folders.get(folder);
    if (!rules) {
      rules = this.#parse(folder);
      this.#folders.set(folder, rules);
    }
    return rules;
  }

  async #parse(folder: string): Promise<Ignore | undefined> {
    const names = folder === '' ? [REPOSITORY_EXCLUDE, ...IGNORE_FILES] : IGNORE_FILES;
    const texts = await Promise.all(names.map((name) => this.#read(folder === '' ? name : `${folder}/${name}`)));
    const exclude = folder === '' ? this.#exclude().join('\n') : '';
    return parseRules([...texts.map((text) => text ?? ''), exclude]);
  }
}
