import type { IncomingEvent } from '../../inference/protocol.js';
import { hasSecret } from './secretText.js';

/** An error in a file, as an editor shows it. */
export interface Problem {
  /** Counted from 1, as people do. */
  readonly line: number;
  readonly message: string;
}

/** Errors that are told; the others are counted. */
const MOST = 3;

/** Characters of a message. */
const LONGEST = 120;

/**
 * The errors that appeared and vanished, or nothing. One that only moved has done neither. What seems to hold a secret is not
 * told; that is looked for in the whole messages, since where one is cut a secret may no longer be known as one.
 */
export function renderProblemChange(
  path: string,
  before: readonly Problem[],
  now: readonly Problem[],
): IncomingEvent | undefined {
  const appeared = without(now, before).map(({ line, message }) => ({ start: `+error in line ${line}: `, message }));
  const vanished = without(before, now).map(({ message }) => ({ start: '-error: ', message }));
  const all = [...appeared, ...vanished];
  if (all.length === 0) return undefined;
  const told = all.slice(0, MOST);
  if (hasSecret(told.map(({ message }) => message).join('\n'))) return undefined;
  const lines = told.map(({ start, message }) => start + short(message));
  if (all.length > MOST) lines.push(`… ${all.length - MOST} more`);
  return { kind: 'edit', title: path, text: [path, ...lines].join('\n') };
}

/** What is left of the first list when each message of the second is taken from it once. */
function without(problems: readonly Problem[], taken: readonly Problem[]): readonly Problem[] {
  const left = new Map<string, number>();
  for (const { message } of taken) left.set(message, (left.get(message) ?? 0) + 1);
  return problems.filter(({ message }) => {
    const count = left.get(message) ?? 0;
    left.set(message, count - 1);
    return count <= 0;
  });
}

function short(message: string): string {
  const line = message.replace(/\s+/g, ' ').trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}
