import { describe, expect, test } from 'vitest';
import { TypingRhythm } from '../../../../extension/completion/typingRhythm.js';

function rhythm(gaps: readonly number[], latencies: readonly number[]): TypingRhythm {
  const result = new TypingRhythm();
  let at = 1_000;
  result.addKeystroke(at);
  for (const gap of gaps) result.addKeystroke((at += gap));
  for (const latency of latencies) result.addLatency(latency);
  return result;
}

const many = (value: number): number[] => Array.from({ length: 30 }, () => value);

describe('TypingRhythm', () => {
  test('waits a little while it knows nothing', () => {
    expect(new TypingRhythm().wait).toBe(75);
    expect(rhythm(many(100), []).wait).toBe(75);
  });

  test('asks almost at once when the model answers between two keystrokes', () => {
    expect(rhythm(many(200), many(40)).wait).toBe(30);
  });

  test('waits for the end of a burst when the model takes longer than a keystroke', () => {
    expect(rhythm(many(100), many(300)).wait).toBe(120);
    expect(rhythm(many(250), many(900)).wait).toBe(300);
  });

  test('never waits longer than somebody would', () => {
    expect(rhythm(many(900), many(5_000)).wait).toBe(400);
  });

  test('follows a change of pace', () => {
    expect(rhythm([...many(400), ...many(100)], many(300)).wait).toBeLessThan(130);
  });

  test('a pause for thought says nothing of the pace', () => {
    expect(rhythm([...many(100), 30_000, ...many(100)], many(300)).wait).toBe(120);
  });
});
