/** A distribution over the next token: probabilities by token, the likeliest first. */
export type NextTokens = ReadonlyMap<number, number>;

/** Probability given to tokens that one side does not name. */
const FLOOR = 1e-12;

/** Kullback-Leibler divergence D(p || q) in nats, over the tokens that p names. */
export function divergence(p: NextTokens, q: NextTokens): number {
  let sum = 0;
  for (const [token, probability] of p)
    if (probability > 0) sum += probability * Math.log(probability / Math.max(q.get(token) ?? 0, FLOOR));
  return Math.max(0, sum);
}

/** The likeliest tokens. */
export const likeliest = (distribution: NextTokens, count: number): [token: number, probability: number][] =>
  [...distribution].slice(0, count);
