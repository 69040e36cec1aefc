import { cp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Engine } from '../../inference/engine.js';
import type { EventId } from '../../inference/views.js';
import { checkInvariants } from '../../inference/window/invariants.js';
import { recorder, startParams, temporaryFolder, withEngine } from './fixture.js';

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

describe('a superseded edit stays superseded over a restart', () => {
  const superseded = (engine: Engine): EventId[] =>
    engine.session
      .inspect()
      .window.spans.flatMap(({ eventId, superseded: gone }) => (gone && eventId ? [eventId] : []));
  const never = new AbortController().signal;

  test('that finds the saved window, also where the later edit came after it was saved', async () => {
    await using folder = await temporaryFolder();
    await using killed = await temporaryFolder();
    let first: EventId[];
    let second: EventId[];
    {
      await using engine = await Engine.start(startParams(folder.path), recorder());
      const { session } = engine;
      first = session.append([edit('first')]);
      second = session.append([edit('second')]);
      session.append([{ ...edit('first'), supersedes: first }]);
      await session.whenIdle();
      await session.checkpoint();
      await cp(join(folder.path, 'checkpoints'), join(killed.path, 'checkpoints'), { recursive: true });
      session.append([{ ...edit('second'), supersedes: second }]);
      await session.whenIdle();
      expect(superseded(engine)).toEqual([...first, ...second]);
    }
    {
      await using engine = await Engine.start(startParams(folder.path), recorder());
      expect(engine.started.resumed.from).toBe('checkpoint');
      expect(superseded(engine)).toEqual([...first, ...second]);
    }
    // As after a kill: the journal is newer than the saved window.
    for (const file of await readdir(folder.path))
      if (file.startsWith('journal.db')) await cp(join(folder.path, file), join(killed.path, file));
    await using engine = await Engine.start(startParams(killed.path), recorder());
    expect(engine.started.resumed.from).toBe('checkpoint');
    expect(superseded(engine)).toEqual([...first, ...second]);
  });

  test('that finds no saved window: it does not come back at all', async () => {
    await using folder = await temporaryFolder();
    let later: EventId[];
    {
      await using engine = await Engine.start(startParams(folder.path), recorder());
      const { session } = engine;
      const stale = session.append([edit('stale')]);
      later = session.append([{ ...edit('stale'), supersedes: stale }]);
      await session.ask('What did I change?', never);
    }
    await rm(join(folder.path, 'checkpoints'), { recursive: true });
    await using engine = await Engine.start(startParams(folder.path), recorder());
    expect(engine.started.resumed.from).toBe('journal');
    const edits = engine.session.inspect().window.spans.filter(({ kind }) => kind === 'edit');
    expect(edits.map(({ eventId }) => eventId)).toEqual(later);
  });
});
