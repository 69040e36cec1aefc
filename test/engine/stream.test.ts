import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { checkInvariants } from '../../inference/window/invariants.js';
import { withEngine } from './fixture.js';

/** Real text, long enough: the declarations that come with TypeScript. */
async function* editEvents(): AsyncGenerator<{ kind: 'edit'; title: string; text: string }> {
  const source = await readFile(resolve(import.meta.dirname, '../../node_modules/typescript/lib/lib.es5.d.ts'), 'utf8');
  const lines = source.split('\n').filter((line) => line.trim() !== '');
  for (let at = 0; at + 8 < lines.length; at += 8)
    yield {
      kind: 'edit',
      title: `src/lib${at}.ts`,
      text: `src/lib${at}.ts\n${lines
        .slice(at, at + 8)
        .map((line) => `+${line}`)
        .join('\n')}`,
    };
}

test('20,000 tokens stream through the window: no reset, and no token is evaluated twice', async () => {
  await withEngine({}, async ({ session }) => {
    const pinnedBefore = session.windowView().spans.filter((span) => span.pinned);
    let turns = 0;
    for await (const event of editEvents()) {
      session.append([event]);
      await session.whenIdle();
      const { window, held } = session.inspect();
      checkInvariants(window, held);
      if (session.windowView().counters.streamed > 2_000 * (turns + 1)) {
        turns += 1;
        await session.ask('What did I change last?', new AbortController().signal);
      }
      if (session.windowView().counters.streamed >= 20_000) break;
    }
    const { counters, spans, used, capacity } = session.windowView();
    console.table(counters);
    expect(counters.streamed).toBeGreaterThanOrEqual(20_000);
    expect(turns).toBeGreaterThan(5);
    expect(counters.resets).toBe(0);
    expect(counters.reEvaluated).toBe(0);
    // Everything that went through llama_decode, counted below the library, entered the stream once and for the first
    // time: nothing was evaluated behind our back, nothing twice.
    expect(counters.evaluated).toBe(counters.streamed);
    expect(counters.evicted).toBe(counters.streamed - used);
    expect(counters.evictions).toBeGreaterThan(50);
    expect(counters.evicted / counters.evictions).toBeGreaterThanOrEqual(64);
    expect(used).toBeLessThanOrEqual(capacity);
    expect(spans.filter((span) => span.pinned)).toEqual(pinnedBefore);
  });
});
