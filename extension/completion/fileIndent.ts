import { isBlank } from '../edits/lines.js';
import type { CursorContext } from './cursorContext.js';

/** What a level of indentation is made of when nothing tells. */
const USUAL = 4;

/** Indents with what the file indents with: a model that has seen more of the other kind writes the other kind. */
export function withFileIndent(text: string, { prefix, typed, suffix }: CursorContext): string {
  const file = (prefix + typed + suffix).split('\n');
  const lines = text.split('\n');
  // The first line goes on behind what is typed, unless nothing is.
  const head = typed === '' ? [] : lines.slice(0, 1);
  const written = lines.slice(head.length);
  const tabs = file.filter((line) => line.startsWith('\t')).length;
  const spaces = file.filter((line) => /^ {2,}\S/.test(line) && !/^ +\*/.test(line)).length;
  if (tabs > spaces && written.some((line) => line.startsWith('  '))) {
    const unit = unitOf(written);
    return [...head, ...written.map((line) => toTabs(line, unit))].join('\n');
  }
  if (spaces > tabs && written.some((line) => line.startsWith('\t'))) {
    const level = ' '.repeat(unitOf(file));
    return [...head, ...written.map((line) => toSpaces(line, level))].join('\n');
  }
  return text;
}

/** The least indentation by spaces, which is one level; of a text that is deep inside, a guess. */
function unitOf(lines: readonly string[]): number {
  const widths = lines.filter((line) => !isBlank(line) && line.startsWith('  ')).map((line) => line.search(/\S/));
  const least = Math.min(...widths);
  const differences = widths.map((width) => width - least).filter((width) => width > 0);
  return Math.min(least, ...differences, USUAL);
}

function toTabs(line: string, unit: number): string {
  const [lead = ''] = /^[ \t]*/.exec(line) ?? [];
  const columns = lead.replaceAll('\t', ' '.repeat(unit)).length;
  return '\t'.repeat(Math.floor(columns / unit)) + ' '.repeat(columns % unit) + line.slice(lead.length);
}

function toSpaces(line: string, level: string): string {
  const [lead = ''] = /^[ \t]*/.exec(line) ?? [];
  return lead.replaceAll('\t', level) + line.slice(lead.length);
}
