/** One line of files.jsonl. */
import type { Grammars } from './grammars.js';
import type { SourceFile } from './packageFiles.js';
import { readSyntax } from './syntax.js';

export type Split = 'train' | 'heldout';

/** More than this unread is another language, such as JavaScript with Flow types. Newer TypeScript is read in part. */
const MOST_UNREAD = 0.5;

/** The line with its end; undefined for a file that the grammar cannot read. */
export function entryLine(
  grammars: Grammars,
  packageName: string,
  split: Split,
  { path, text }: SourceFile,
): string | undefined {
  const { imports, symbols, cuts, unread } = readSyntax(grammars, path, text);
  if (unread > MOST_UNREAD) return undefined;
  return `${JSON.stringify({ package: packageName, path, split, text, imports, symbols, cuts })}\n`;
}
