import { resolve } from 'node:path';
import { nullLog } from '../../../../extension/base/log.js';
import { GRAMMAR_FILES, GRAMMAR_RUNTIME } from '../../../../scripts/grammarFiles.mjs';
import { Grammars, type Grammar } from '../../../../extension/syntax/grammars.js';

const root = resolve(import.meta.dirname, '../../../..');

/** The real grammars, from where npm has put them. */
export const grammars = new Grammars(
  {
    runtime: resolve(root, GRAMMAR_RUNTIME),
    grammar: (name) => resolve(root, GRAMMAR_FILES[name] ?? name),
    queries: (folder) => resolve(root, 'syntaxes', folder),
  },
  {
    ...nullLog,
    warn: (message) => {
      throw new Error(message);
    },
  },
);

export async function grammarOf(languageId: string): Promise<Grammar> {
  const grammar = await grammars.load(languageId);
  if (!grammar) throw new Error(`No grammar for ${languageId}`);
  return grammar;
}
