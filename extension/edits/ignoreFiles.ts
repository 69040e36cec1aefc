import { IgnoreRules } from './ignoreRules.js';
import { foldersBelowRepository, type ReadFile } from './repositoryAbove.js';

const GIT_IGNORE = '.gitignore';

/** Git's own list beside the repository's files. */
const REPOSITORY_EXCLUDE = '.git/info/exclude';

const ENDLESS_IGNORE = '.endlessignore';

/** Whether a path, with `/`, is that of a file with ignore rules. */
export const isIgnoreFile = (path: string): boolean =>
  [GIT_IGNORE, ENDLESS_IGNORE].includes(path.slice(path.lastIndexOf('/') + 1));

/** Two sets, so that what one of them takes back does not let in what the other keeps out. */
interface RuleSets {
  /** From the root of the repository. */
  readonly git: IgnoreRules;
  /** From the opened folder. */
  readonly endless: IgnoreRules;
  /** The folders from the first root to the second. */
  readonly between: readonly string[];
}

/** The ignore rules of one workspace folder, read when a file below it is asked for and kept until `refresh`. */
export class IgnoreFiles {
  readonly #read: ReadFile;
  readonly #exclude: () => readonly string[];
  readonly #root: string;
  #rules: Promise<RuleSets> | undefined;

  /**
   * @param exclude more patterns, as from the settings; they count as rules of Endless in the folder itself.
   * @param root path of the folder, with `/`.
   */
  constructor(read: ReadFile, exclude: () => readonly string[], root: string) {
    this.#read = read;
    this.#exclude = exclude;
    this.#root = root;
  }

  /**
   * Whether git or Endless ignores the file.
   *
   * @param path relative to the folder, with `/`.
   */
  async ignores(path: string): Promise<boolean> {
    this.#rules ??= this.#find();
    const { git, endless, between } = await this.#rules;
    const ignored = await Promise.all([git.ignores([...between, path].join('/')), endless.ignores(path)]);
    return ignored.includes(true);
  }

  /** Reads everything again when it is next needed. */
  refresh(): void {
    this.#rules = undefined;
  }

  async #find(): Promise<RuleSets> {
    const endless = new IgnoreRules((folder) => this.#readEndless(folder));
    const between = await foldersBelowRepository(this.#root, this.#read);
    const git = this.#gitRules(between);
    // Who opens a folder that the repository above ignores means to work in it; without this nothing in it would be told.
    if (between.length > 0 && (await git.ignores(`${between.join('/')}/`)))
      return { git: this.#gitRules([]), endless, between: [] };
    return { git, endless, between };
  }

  #gitRules(between: readonly string[]): IgnoreRules {
    return new IgnoreRules((folder) => this.#readGit(folder, between));
  }

  #readGit(folder: string, between: readonly string[]): Promise<readonly string[]> {
    const names = folder === '' ? [REPOSITORY_EXCLUDE, GIT_IGNORE] : [GIT_IGNORE];
    const parts = partsOf(folder);
    const above = '../'.repeat(Math.max(0, between.length - parts.length));
    return Promise.all(names.map((name) => this.#text(above + [...parts.slice(between.length), name].join('/'))));
  }

  async #readEndless(folder: string): Promise<readonly string[]> {
    const text = await this.#text([...partsOf(folder), ENDLESS_IGNORE].join('/'));
    return folder === '' ? [text, this.#exclude().join('\n')] : [text];
  }

  async #text(path: string): Promise<string> {
    return (await this.#read(path)) ?? '';
  }
}

const partsOf = (folder: string): readonly string[] => (folder === '' ? [] : folder.split('/'));
