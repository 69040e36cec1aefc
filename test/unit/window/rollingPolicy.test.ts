import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkInvariants } from '../../../inference/window/invariants.js';
import { RollingPolicy } from '../../../inference/window/rollingPolicy.js';
import { DensePolicy } from '../../../inference/window/densePolicy.js';
import { ModelledWindow } from './model.js';

const sink = (block: number): RollingPolicy => new RollingPolicy({ name: 'sink', block });

describe('RollingPolicy', () => {
  test('any stream of events keeps every invariant, the head, and the newest tokens', () => {
    const event = fc.record({
      kind: fc.constantFrom('edit' as const, 'message' as const, 'reply' as const),
      length: fc.integer({ min: 1, max: 400 }),
      grouped: fc.boolean(),
      branch: fc.integer({ min: 0, max: 16 }),
    });
    fc.assert(
      fc.property(
        fc.array(event, { maxLength: 60 }),
        fc.integer({ min: 1, max: 64 }),
        fc.integer({ min: 0, max: 4 }),
        (events, block, sinks) => {
          const model = new ModelledWindow(sink(block), { capacity: 200, reserve: 16 }, { sinks, pinned: 10 });
          const head = model.window.tokens();
          events.forEach(({ kind, length, grouped, branch }, index) => {
            model.append(kind, length, grouped ? { group: Math.floor(index / 2) + 1 } : {});
            checkInvariants(model.window, model.held);
            expect(model.window.tokens().slice(0, head.length)).toEqual(head);
            expect(model.window.used).toBeLessThanOrEqual(184);
            // The tail is what came last, however much was evicted.
            const tail = model.window.spans.at(-1)?.tokens ?? [];
            expect(tail.at(-1)).toBe(model.held.at(-1));
            model.window.setBranch(Array.from({ length: branch }, () => -1));
            checkInvariants(model.window);
            model.window.setBranch([]);
          });
        },
      ),
      { numRuns: 300 },
    );
  });

  test('at least a block leaves at once, in whole events, oldest first', () => {
    const model = new ModelledWindow(sink(64), { capacity: 200, reserve: 20 });
    for (let index = 0; index < 8; index += 1) model.append('edit', 20);
    expect(model.window.used).toBe(174);
    model.append('edit', 20);
    // 6 were free, so 14 were missing, but a block of 64 tokens is 4 events of 20.
    expect(model.window.spans.filter((span) => span.kind === 'edit')).toHaveLength(8 + 1 - 4);
    expect(model.window.horizon()).toBe(model.window.spans[2]?.eventId);
    expect(model.window.used).toBe(174 + 20 - 80);
  });

  test('a question leaves together with its answer', () => {
    const model = new ModelledWindow(sink(8), { capacity: 100, reserve: 0 });
    model.append('message', 10, { group: 1 });
    model.append('reply', 30, { group: 1 });
    model.append('edit', 30);
    model.append('edit', 20);
    expect(model.window.spans.map((span) => span.kind)).toEqual(['sink', 'system', 'edit', 'edit']);
  });

  test('superseded edits leave before older events', () => {
    const model = new ModelledWindow(sink(8), { capacity: 100, reserve: 0 });
    model.append('message', 30);
    model.append('edit', 30);
    const stale = model.window.spans.at(-1)?.eventId ?? 0;
    model.window.supersede(stale);
    model.append('edit', 40);
    expect(model.window.spans.map((span) => span.eventId)).not.toContain(stale);
    expect(model.window.spans.map((span) => span.kind)).toEqual(['sink', 'system', 'message', 'edit']);
    checkInvariants(model.window, model.held);
  });

  test('an event larger than the window keeps its opening and its end', () => {
    const model = new ModelledWindow(sink(16), { capacity: 100, reserve: 0 });
    model.append('reply', 1000);
    const reply = model.window.spans.at(-1);
    expect(reply?.tokens.slice(0, 2)).toEqual([14, 15]);
    expect(reply?.tokens.at(-1)).toBe(1013);
    expect(reply?.cut).toBe(1000 - (reply?.tokens.length ?? 0));
    checkInvariants(model.window, model.held);
  });

  test('pinned spans never leave, even when nothing else is left', () => {
    const model = new ModelledWindow(sink(16), { capacity: 50, reserve: 10 }, { sinks: 4, pinned: 36 });
    expect(model.policy.plan(model.window, 1)).toEqual({ kind: 'full' });
  });

  test('a branch never forces an eviction: its reserve is not given to the stream', () => {
    const model = new ModelledWindow(sink(16), { capacity: 100, reserve: 40 });
    for (let index = 0; index < 20; index += 1) model.append('edit', 7);
    expect(model.window.used).toBeLessThanOrEqual(60);
    model.window.setBranch(Array.from({ length: 40 }, () => 1));
    checkInvariants(model.window);
  });
});

test('DensePolicy evicts nothing', () => {
  const model = new ModelledWindow(new DensePolicy(), { capacity: 40, reserve: 0 });
  model.append('edit', 20);
  expect(model.policy.plan(model.window, 6)).toEqual({ kind: 'fits' });
  expect(model.policy.plan(model.window, 7)).toEqual({ kind: 'full' });
});
