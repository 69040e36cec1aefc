import { readFile } from 'node:fs/promises';
import * as path from 'node:path';
import { Language, Parser, Query } from 'web-tree-sitter';
import type { Log } from '../base/log.js';

/** A language that can be parsed, and what is asked of its trees. */
export interface Grammar {
  readonly language: Language;
  /** The kinds and names of its constructs, from `syntaxes/<language>/symbols.scm`. */
  readonly symbols: Query;
}

/** Where the files lie. */
export interface GrammarFiles {
  /** The parser itself, as WebAssembly. */
  readonly runtime: string;
  readonly grammar: (name: string) => string;
  /** The queries for a language, a folder of `syntaxes/`. */
  readonly queries: (folder: string) => string;
}

interface Source {
  readonly grammar: string;
  readonly queries: string;
}

/** By the language id of VS Code. Other languages go by indentation. */
const SOURCES: Readonly<Record<string, Source>> = {
  typescript: { grammar: 'typescript', queries: 'typescript' },
  typescriptreact: { grammar: 'tsx', queries: 'typescript' },
  javascript: { grammar: 'javascript', queries: 'javascript' },
  javascriptreact: { grammar: 'javascript', queries: 'javascript' },
  python: { grammar: 'python', queries: 'python' },
  go: { grammar: 'go', queries: 'go' },
  rust: { grammar: 'rust', queries: 'rust' },
  java: { grammar: 'java', queries: 'java' },
  c: { grammar: 'c', queries: 'c' },
  cpp: { grammar: 'cpp', queries: 'cpp' },
  csharp: { grammar: 'c-sharp', queries: 'csharp' },
  ruby: { grammar: 'ruby', queries: 'ruby' },
  php: { grammar: 'php', queries: 'php' },
  shellscript: { grammar: 'bash', queries: 'bash' },
  css: { grammar: 'css', queries: 'css' },
  html: { grammar: 'html', queries: 'html' },
  json: { grammar: 'json', queries: 'json' },
  jsonc: { grammar: 'json', queries: 'json' },
};

export const PARSED_LANGUAGES: readonly string[] = Object.keys(SOURCES);

/** Loads grammars when a file first needs them, and each once. */
export class Grammars {
  readonly #files: GrammarFiles;
  readonly #log: Log;
  readonly #loaded = new Map<string, Promise<Grammar | undefined>>();
  #runtime: Promise<void> | undefined;

  constructor(files: GrammarFiles, log: Log) {
    this.#files = files;
    this.#log = log;
  }

  /** Undefined for a language without a grammar, and when its grammar cannot be loaded, which is logged once. */
  load(languageId: string): Promise<Grammar | undefined> {
    const source = SOURCES[languageId];
    if (!source) return Promise.resolve(undefined);
    let loading = this.#loaded.get(source.grammar);
    if (!loading) {
      loading = this.#load(source).catch((error: unknown) => {
        this.#log.warn(`Files in ${languageId} are read by indentation: ${String(error)}`);
        return undefined;
      });
      this.#loaded.set(source.grammar, loading);
    }
    return loading;
  }

  async #load({ grammar, queries }: Source): Promise<Grammar> {
    this.#runtime ??= Parser.init({ locateFile: () => this.#files.runtime });
    await this.#runtime;
    const language = await Language.load(await readFile(this.#files.grammar(grammar)));
    const text = await readFile(path.join(this.#files.queries(queries), 'symbols.scm'), 'utf8');
    return { language, symbols: new Query(language, text) };
  }
}
