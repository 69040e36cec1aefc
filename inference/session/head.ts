import type { SavedSpan } from '../store/checkpoints.js';
import { sameTokens } from './sameTokens.js';

/** How a stream begins. */
export interface Head {
  /** BOS if the model has one, then the system prompt. */
  readonly tokens: readonly number[];
  /** How many of these are the sinks. */
  readonly sinks: number;
  /** Whether the prompt stays; under the policy `window` it leaves like anything else. */
  readonly pinned: boolean;
}

/** Whether a saved window begins as the stream does now: another prompt, number of sinks or policy makes it useless. */
export function beginsWith(spans: readonly SavedSpan[], head: Head): boolean {
  const sinks = spans.filter(({ kind }) => kind === 'sink');
  const prompt = spans.filter(({ kind }) => kind === 'system');
  if (!sameTokens(tokensOf(sinks), head.tokens.slice(0, head.sinks))) return false;
  if (prompt.some(({ pinned }) => pinned !== head.pinned)) return false;
  // A prompt that may leave has left sooner or later, or a part of it has.
  const mayBeGone = !head.pinned && prompt.every(({ cut }) => cut > 0);
  return mayBeGone || sameTokens(tokensOf(prompt), head.tokens.slice(head.sinks));
}

const tokensOf = (spans: readonly SavedSpan[]): readonly number[] => spans.flatMap(({ tokens }) => tokens);
