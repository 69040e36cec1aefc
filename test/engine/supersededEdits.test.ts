import { expect, test } from 'vitest';
import { checkInvariants } from '../../inference/window/invariants.js';
import { withEngine } from './fixture.js';

const edit = (name: string) => ({
  kind: 'edit' as const,
  title: `src/${name}.ts`,
  text: `src/${name}.ts\n-const ${name} = 0;\n+const ${name} = computeTheValueOf('${name}', { retries: 3, timeout: 1000 });`,
});

/** More than one block, so that nothing has to leave with it. */
const LINES = Array.from({ length: 8 }, (_, line) => `+  const total${line} = await computeTheValueOf('total');`);
const long = { kind: 'edit' as const, title: 'src/total.ts', text: ['src/total.ts', ...LINES].join('\n') };

test('a superseded edit leaves before older events', async () => {
  await withEngine({}, async ({ session }) => {
    const inWindow = (): Set<unknown> => new Set(session.windowView().spans.map(({ eventId }) => eventId));
    const older = session.append([edit('older')]);
    const stale = session.append([long]);
    const [later] = session.append([{ ...edit('total'), supersedes: stale }]);
    await session.whenIdle();
    expect(inWindow()).toContain(stale[0]);
    for (let count = 0; inWindow().has(stale[0]) && count < 500; count += 1) {
      session.append([edit(`filler${count}`)]);
      await session.whenIdle();
    }
    expect(inWindow()).not.toContain(stale[0]);
    expect(inWindow()).toContain(older[0]);
    expect(inWindow()).toContain(later);
    const { window, held } = session.inspect();
    checkInvariants(window, held);
    const { counters } = session.windowView();
    expect(counters.reEvaluated).toBe(0);
    expect(counters.evicted).toBe(counters.streamed - session.windowView().used);
  });
});
