import { expect, test } from 'vitest';
import { VANILLA_MODEL, withEngine } from './fixture.js';

test('the session tells what its window is made of and what it takes on the disk', async () => {
  await withEngine({}, async (engine) => {
    const before = await engine.facts();
    expect(before).toMatchObject({
      block: 64,
      positions: 'cache',
      keyType: 'f16',
      sinkTokens: ['<|sink|>'],
      storage: { checkpoints: 0, checkpointCount: 0 },
    });
    expect(before.pinnedTokens).toBe(engine.session.windowView().capacity / 4);
    expect(before.processMemory).toBeGreaterThan(10_000_000);
    expect(before.machineMemory).toBeGreaterThan(before.processMemory);

    await engine.session.ask('Who are you?', new AbortController().signal);
    await engine.session.checkpoint();
    const after = await engine.facts();
    expect(after.events).toBe(before.events + 2);
    expect(after.storage.journal).toBeGreaterThan(before.storage.journal);
    expect(after.storage.checkpointCount).toBe(1);
    expect(after.storage.checkpoints).toBeGreaterThan(10_000);
    expect(Math.abs((after.storage.newestCheckpoint ?? 0) - Date.now())).toBeLessThan(60_000);
  });
});

test('the sinks of a model without a sink token are its first tokens', async () => {
  await withEngine({ modelPath: VANILLA_MODEL }, async (engine) => {
    const { sinkTokens } = await engine.facts();
    expect(sinkTokens).toHaveLength(4);
    expect(engine.session.windowText()[0]?.text).toBe(sinkTokens.join(''));
  });
});
