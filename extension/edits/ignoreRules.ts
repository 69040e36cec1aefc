import type { Ignore } from 'ignore';
import { foldersAbove, isIgnored, parseRules } from './ignoreTree.js';

/** The texts with the rules that stand in one folder, the weakest first. */
export type ReadRules = (folder: string) => Promise<readonly string[]>;

/** Rules of one kind in the folders of a tree, read when a file below is asked for and kept. */
export class IgnoreRules {
  readonly #read: ReadRules;
  readonly #folders = new Map<string, Promise<Ignore | undefined>>();

  constructor(read: ReadRules) {
    this.#read = read;
  }

  /** @param path relative to the root of the tree, with `/`. */
  async ignores(path: string): Promise<boolean> {
    const rules = new Map<string, Ignore | undefined>();
    await Promise.all(foldersAbove(path).map(async (folder) => rules.set(folder, await this.#load(folder))));
    return isIgnored(path, (folder) => rules.get(folder));
  }

  #load(folder: string): Promise<Ignore | undefined> {
    let rules = this.#folders.get(folder);
    if (!rules) {
      rules = this.#read(folder).then(parseRules);
      this.#folders.set(folder, rules);
    }
    return rules;
  }
}
