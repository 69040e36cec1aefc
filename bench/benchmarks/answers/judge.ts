import { mean } from '../../statistics.js';
import type { Asked } from './run.js';

/** So the built-in models say that they do not see it (training/sessions/wording.py, UNSEEN_REPLY). */
export const isHonest = (reply: string, subject: string): boolean =>
  reply.startsWith('I cannot see ') && reply.includes(subject);

/** Tokens back; the last group reaches to the edge of the window. */
export const DISTANCES = [0, 100, 250, 500, 1000] as const;

export interface Share {
  readonly right: number;
  readonly honest: number;
  readonly asked: number;
}

export function shareOf(asked: readonly Asked[]): Share {
  return {
    right: asked.filter((one) => one.right).length,
    honest: asked.filter((one) => one.honest).length,
    asked: asked.length,
  };
}

/** Questions about what the stream has shown, and that the window still holds. */
export const answerable = (asked: readonly Asked[]): Asked[] =>
  asked.filter(({ asks, inWindow, again }) => asks !== 'talk' && inWindow && !again);

/** Asked for the first time when the answer had left the window already. */
export const tooLate = (asked: readonly Asked[]): Asked[] =>
  asked.filter(({ asks, inWindow, leftMeanwhile, again }) => asks !== 'talk' && !inWindow && !leftMeanwhile && !again);

/** Asked for the first time when the answer stood in the window, which it left before the reply was at its end. */
export const leaving = (asked: readonly Asked[]): Asked[] =>
  asked.filter(({ leftMeanwhile, again }) => leftMeanwhile && !again);

/** Asked again, when nothing in the window spoke of it any more. */
export const gone = (asked: readonly Asked[]): Asked[] => asked.filter(({ again }) => again);

export interface Distance {
  readonly from: number;
  readonly to: number;
  /** On average; NaN for none. */
  readonly tokens: number;
  readonly share: Share;
}

/** By how far back the answer lies. */
export function byDistance(asked: readonly Asked[]): Distance[] {
  return DISTANCES.slice(1).map((to, at) => {
    const from = DISTANCES[at]!;
    const near = answerable(asked).filter(({ tokens = -1 }) => tokens >= from && tokens < to);
    return { from, to, tokens: mean(near.map(({ tokens = Number.NaN }) => tokens)), share: shareOf(near) };
  });
}

/** Where a name is, by how many files its session had shown. */
export function byFiles(asked: readonly Asked[]): { readonly files: number; readonly share: Share }[] {
  const where = answerable(asked).filter(({ asks }) => asks === 'where');
  const counts = [...new Set(where.map(({ files }) => files))].sort((a, b) => a - b);
  return counts.map((files) => ({ files, share: shareOf(where.filter((one) => one.files === files)) }));
}

/** By what is asked for, in the order of their names. */
export function byKind(asked: readonly Asked[]): { readonly asks: string; readonly share: Share }[] {
  const kinds = [...new Set(asked.map(({ asks }) => asks))].sort();
  return kinds.map((asks) => ({ asks, share: shareOf(asked.filter((one) => one.asks === asks)) }));
}
