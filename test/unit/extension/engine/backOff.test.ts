import { describe, expect, test } from 'vitest';
import { BackOff, FORGET_AFTER_MS, RESTART_DELAYS } from '../../../../extension/engine/backOff.js';

describe('BackOff', () => {
  test('waits longer each time, then gives up', () => {
    const backOff = new BackOff();
    expect(RESTART_DELAYS.map((_, second) => backOff.died(second * 1_000))).toEqual(RESTART_DELAYS);
    expect(backOff.died(10_000)).toBeUndefined();
    expect(backOff.count).toBe(RESTART_DELAYS.length + 1);
  });

  test('a death long ago does not count', () => {
    const backOff = new BackOff();
    for (let death = 0; death < 20; death++) expect(backOff.died(death * FORGET_AFTER_MS)).toBe(RESTART_DELAYS[0]);
  });

  test('starts anew after a reset', () => {
    const backOff = new BackOff();
    backOff.died(0);
    backOff.died(1);
    backOff.reset();
    expect(backOff.died(2)).toBe(RESTART_DELAYS[0]);
  });
});
