import { expect, test } from 'vitest';
import { EventCost } from '../../../../extension/base/eventCost.js';

const spin = (milliseconds: number) => (): void => {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
};

test('the handlers of one event count as one', () => {
  const cost = new EventCost();
  cost.start();
  const event = {};
  cost.measure(event, spin(2));
  cost.measure(event, spin(2));
  cost.measure({}, spin(1));
  const { events, p50, p99 } = cost.stop();
  expect(events).toBe(2);
  expect(p50).toBeGreaterThanOrEqual(1);
  expect(p99).toBeGreaterThanOrEqual(4);
});

test('while nobody looks the handler just runs', () => {
  const cost = new EventCost();
  let ran = 0;
  cost.measure({}, () => (ran += 1));
  expect([ran, cost.stop()]).toEqual([1, { events: 0, p50: 0, p99: 0 }]);
});
