import { describe, expect, test } from 'vitest';
import { Health } from '../../../inference/session/health.js';

/** Readings that scatter around a mean, always the same ones. */
function feed(health: Health, mean: number, count: number): void {
  let state = 7;
  for (let index = 0; index < count; index += 1) {
    state = (state * 1103515245 + 12345) % 2147483648;
    health.addReading(Math.max(0, mean + 4 * (state / 2147483648 - 0.5)));
  }
}

describe('Health', () => {
  test('says nothing before it has read enough', () => {
    const health = new Health();
    feed(health, 2, 60);
    expect(health.view.state).toBe('unknown');
    feed(health, 2, 60);
    expect(health.view.state).toBe('good');
    expect(health.view.baseline).toBeCloseTo(2, 0);
  });

  test('raises the alarm when the text surprises the model after an eviction, and until it is re-anchored', () => {
    const health = new Health();
    feed(health, 2, 300);
    health.noteEviction();
    feed(health, 6, 40);
    expect(health.view.state).toBe('alarm');
    feed(health, 6, 2000);
    expect(health.view.state).toBe('alarm');
    health.noteReAnchor();
    feed(health, 2, 40);
    expect(health.view.state).toBe('good');
  });

  test('keeps quiet when only the subject changes', () => {
    const health = new Health();
    feed(health, 2, 300);
    health.noteEviction();
    feed(health, 2.8, 200);
    expect(health.view.state).toBe('good');
  });

  test('keeps quiet where nothing was ever evicted', () => {
    const health = new Health();
    feed(health, 2, 300);
    feed(health, 6, 40);
    expect(health.view.state).toBe('good');
  });

  test('calms down by itself when the text is ordinary again', () => {
    const health = new Health();
    feed(health, 2, 300);
    health.noteEviction();
    feed(health, 6, 40);
    feed(health, 2, 64);
    expect(health.view.state).toBe('good');
  });

  test('takes what is no number for a broken cache once something was evicted, and recovers when it is re-anchored', () => {
    const health = new Health();
    feed(health, 2, 300);
    health.addReading(NaN);
    expect(health.view.state).toBe('good');
    health.noteEviction();
    for (let reading = 0; reading < 40; reading += 1) health.addReading(NaN);
    expect(health.view.state).toBe('alarm');
    health.noteReAnchor();
    feed(health, 2, 300);
    expect(health.view.state).toBe('good');
    health.noteEviction();
    feed(health, 6, 40);
    expect(health.view.state).toBe('alarm');
  });

  test('a single token that could not be raises no alarm, and the baseline stays a number', () => {
    const health = new Health();
    feed(health, 2, 300);
    health.noteEviction();
    health.addReading(Infinity);
    expect(health.view.state).toBe('good');
    feed(health, 2, 300);
    expect(health.view.baseline).toBeLessThan(3);
  });
});
