import { mean, quantile } from '../../statistics.js';
import type { Asked, Outcome } from './replay.js';

/** Of completions of one kind. Shares from 0 to 1. */
export interface KindFigures {
  readonly asked: number;
  readonly exact: number;
  readonly similarity: number;
  /** What would have been shown, and how much of that was exact. */
  readonly shown: number;
  readonly exactOfShown: number;
}

export interface Figures {
  readonly name: string;
  readonly line: KindFigures;
  readonly block: KindFigures;
  readonly typing: {
    readonly characters: number;
    /** Share of the characters that nobody had to type. */
    readonly saved: number;
    readonly shown: number;
    readonly accepted: number;
    readonly words: number;
    readonly evaluatedPerKey: number;
    readonly askedPerKey: number;
  };
  readonly milliseconds: { readonly p50: number; readonly p95: number; readonly p99: number };
  readonly latencies: readonly (readonly [share: number, milliseconds: number])[];
}

export function figuresOf({ name, asked, typed }: Outcome): Figures {
  const sum = (read: (line: Outcome['typed'][number]) => number): number =>
    typed.reduce((total, line) => total + read(line), 0);
  const keys = sum((line) => line.keys);
  const characters = sum((line) => line.characters);
  const milliseconds = [...asked.map((each) => each.milliseconds), ...typed.flatMap((line) => line.milliseconds)];
  const at = (share: number): number => quantile(milliseconds, share);
  return {
    name,
    line: figuresOfKind(asked.filter(({ kind }) => kind === 'line')),
    block: figuresOfKind(asked.filter(({ kind }) => kind === 'block')),
    typing: {
      characters,
      saved: 1 - keys / characters,
      shown: sum((line) => line.shown),
      accepted: sum((line) => line.accepted),
      words: sum((line) => line.words),
      evaluatedPerKey: sum((line) => line.evaluated) / keys,
      askedPerKey: sum((line) => line.asked) / keys,
    },
    milliseconds: { p50: at(0.5), p95: at(0.95), p99: at(0.99) },
    latencies: [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99].map((share) => [share, at(share)]),
  };
}

function figuresOfKind(asked: readonly Asked[]): KindFigures {
  const shown = asked.filter((each) => each.shown);
  const exact = (of: readonly Asked[]): number => mean(of.map((each) => Number(each.exact)));
  return {
    asked: asked.length,
    exact: exact(asked),
    similarity: mean(asked.map(({ similarity }) => similarity)),
    shown: shown.length / asked.length,
    exactOfShown: exact(shown),
  };
}

/** Two that were asked the same things. */
export interface Pair {
  /** Exact in one and not in the other. */
  readonly onlyFirst: number;
  readonly onlySecond: number;
  /** Mean gain in similarity of the first, and half the width of its 95 % interval. */
  readonly gain: number;
  readonly halfWidth: number;
}

export function pairOf(first: readonly Asked[], second: readonly Asked[]): Pair {
  const gains = first.map((each, index) => each.similarity - second[index]!.similarity);
  const gain = mean(gains);
  const deviation = Math.sqrt(mean(gains.map((each) => (each - gain) ** 2)));
  return {
    onlyFirst: first.filter((each, index) => each.exact && !second[index]!.exact).length,
    onlySecond: second.filter((each, index) => each.exact && !first[index]!.exact).length,
    gain,
    halfWidth: (1.96 * deviation) / Math.sqrt(gains.length),
  };
}
