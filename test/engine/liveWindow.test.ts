import { expect, test } from 'vitest';
import { loadLocalModel, type LocalModel } from '../../inference/llama/localModel.js';
import { LiveWindow } from '../../inference/session/liveWindow.js';
import { checkInvariants } from '../../inference/window/invariants.js';
import type { EvictionPolicy } from '../../inference/window/policy.js';
import { RollingPolicy } from '../../inference/window/rollingPolicy.js';
import { Window } from '../../inference/window/window.js';
import { SINK_MODEL } from './fixture.js';

const CAPACITY = 256;
const noPause = (): Promise<void> => Promise.resolve();

const load = (): Promise<LocalModel> =>
  loadLocalModel({
    path: SINK_MODEL,
    gpu: 'off',
    threads: 1,
    batchSize: 64,
    capacity: () => CAPACITY,
    log: () => undefined,
  });

async function openWindow(model: LocalModel, policy: EvictionPolicy, sinks: number): Promise<LiveWindow> {
  const live = new LiveWindow(new Window({ capacity: CAPACITY, reserve: 32 }), model.sequence, policy, () => undefined);
  if (sinks > 0) {
    await live.open({ kind: 'sink', title: '', at: 0, pinned: true });
    await live.append([model.vocabulary.bos ?? 0, ...model.vocabulary.encode('abcdefgh')].slice(0, sinks), noPause);
  }
  return live;
}

test('a reply longer than the window keeps going: its oldest part leaves, nothing is evaluated twice', async () => {
  await using model = await load();
  const live = await openWindow(model, new RollingPolicy({ name: 'sink', block: 64 }), 1);
  await live.open({ kind: 'reply', title: '', at: 0, opening: 2 });
  const first = model.vocabulary.encode('function');
  let count = 0;
  for await (const { token } of live.generate(first, { temperature: 0.8, seed: 1 })) {
    expect(Number.isInteger(token)).toBe(true);
    count += 1;
    if (count % 50 === 0) checkInvariants(live.window, model.sequence.tokens);
    if (count === 700) break;
  }
  // The last token was never asked to go on from, so it is not in the window.
  expect(live.counters.streamed).toBe(1 + first.length + 699);
  expect(model.sequence.counters.evaluated).toBe(live.counters.streamed);
  expect(model.sequence.counters.unasked).toBe(0);
  expect(live.window.spans.at(-1)?.cut).toBe(live.counters.evicted);
  checkInvariants(live.window, model.sequence.tokens);
});

test('without sinks the first tokens leave too, by a shift and not by evaluating again', async () => {
  await using model = await load();
  const live = await openWindow(model, new RollingPolicy({ name: 'window', block: 64 }), 0);
  const text = model.vocabulary.encode('const answer = compute(question, 42);\n');
  for (let index = 0; index < 60; index += 1) {
    await live.open({ kind: 'edit', title: '', at: 0, eventId: index + 1 });
    await live.append(text, noPause);
    checkInvariants(live.window, model.sequence.tokens);
  }
  expect(live.counters.evictions).toBeGreaterThan(5);
  expect(model.sequence.counters.evaluated).toBe(live.counters.streamed);
});

test('the recompute policy evaluates the rest of the window again, and says so', async () => {
  await using model = await load();
  const live = await openWindow(model, new RollingPolicy({ name: 'recompute', block: 64 }), 1);
  const text = model.vocabulary.encode('const answer = compute(question, 42);\n');
  for (let index = 0; index < 60; index += 1) {
    await live.open({ kind: 'edit', title: '', at: 0, eventId: index + 1 });
    await live.append(text, noPause);
    checkInvariants(live.window, model.sequence.tokens);
  }
  expect(live.counters.recomputed).toBeGreaterThan(500);
  expect(model.sequence.counters.evaluated).toBe(live.counters.streamed + live.counters.recomputed);
});
