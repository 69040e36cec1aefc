import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Engine } from '../../inference/engine.js';
import type { Session } from '../../inference/session/session.js';
import { checkInvariants } from '../../inference/window/invariants.js';
import { recorder, startParams, temporaryFolder, withEngine } from './fixture.js';

const NOTE = 'We call it retryBudget.';

/** Pins the note and returns the number of its event. */
async function pin(session: Session): Promise<number> {
  const [id = 0] = session.append([{ kind: 'memory', title: 'note', text: NOTE }]);
  await session.whenIdle();
  return id;
}

async function edit(session: Session, count: number): Promise<void> {
  session.append(
    Array.from({ length: count }, (_, index) => ({
      kind: 'edit',
      title: `f${index}.ts`,
      text: `f${index}.ts\n-let value = ${index};\n+let value = ${index + 1};`,
    })),
  );
  await session.whenIdle();
}

const pinned = (session: Session): unknown[] => session.windowView().spans.map((span) => [span.kind, span.pinned]);

function check(session: Session): void {
  const { window, held } = session.inspect();
  checkInvariants(window, held);
}

describe('an unpinned note', () => {
  test('stays as an ordinary event while what came after it is all here', async () => {
    await withEngine({}, async ({ session, journal }, { events }) => {
      await edit(session, 1);
      const id = await pin(session);
      await edit(session, 1);
      const text = session.windowText();
      expect(await session.unpin(id)).toBe(0);
      expect(session.windowText()).toEqual(text);
      expect(pinned(session).slice(2)).toEqual([
        ['edit', false],
        ['memory', false],
        ['edit', false],
      ]);
      expect(journal.memories()).toEqual([]);
      expect(events.at(-1)).toMatchObject({ kind: 'unpin', title: 'note', text: String(id) });
      await expect(session.unpin(id)).rejects.toMatchObject({ code: 'notPinned' });
      check(session);
    });
  });

  test('leaves at once when the window begins after it, and nothing is evaluated again', async () => {
    await withEngine({ cache: { capacity: 256 } }, async ({ session }) => {
      const id = await pin(session);
      await edit(session, 40);
      const before = session.windowView();
      const span = before.spans.find(({ eventId }) => eventId === id);
      expect(span?.pinned).toBe(true);
      expect(before.horizon).toBeGreaterThan(id);
      expect(await session.unpin(id)).toBe(span?.length);
      const after = session.windowView();
      expect(after.spans.map(({ kind }) => kind)).not.toContain('memory');
      expect(after.horizon).toBe(before.horizon);
      expect(after.counters.reEvaluated).toBe(0);
      check(session);
      expect((await session.ask('Who are you?', new AbortController().signal)).reply.text).toMatch(/\w/);
      check(session);
    });
  });

  test.each(['the window saved before', 'the journal alone'])('is unpinned after a restart from %s', async (from) => {
    await using folder = await temporaryFolder();
    const params = startParams(folder.path, { cache: { capacity: 256 } });
    {
      await using engine = await Engine.start(params, recorder());
      const id = await pin(engine.session);
      await edit(engine.session, 40);
      await engine.session.checkpoint();
      // Its pin is not in the saved window; the end of the process saves another only if tokens came or went.
      await engine.session.unpin(id);
    }
    if (from === 'the journal alone') await rm(join(folder.path, 'checkpoints'), { recursive: true });
    await using engine = await Engine.start(params, recorder());
    expect(pinned(engine.session).slice(0, 2)).toEqual([
      ['sink', true],
      ['system', true],
    ]);
    expect(engine.session.windowView().spans.map(({ kind }) => kind)).not.toContain('memory');
    check(engine.session);
  });

  test('is unpinned also when only its pin has changed since the window was saved', async () => {
    await using folder = await temporaryFolder();
    const params = startParams(folder.path);
    {
      await using engine = await Engine.start(params, recorder());
      await edit(engine.session, 1);
      const id = await pin(engine.session);
      await engine.session.checkpoint();
      await engine.session.unpin(id);
    }
    await using engine = await Engine.start(params, recorder());
    expect(engine.started.resumed.from).toBe('checkpoint');
    expect(pinned(engine.session).slice(2)).toEqual([
      ['edit', false],
      ['memory', false],
    ]);
    check(engine.session);
  });
});

test('the text of one span is that of the whole window, and none for a span that is not there', async () => {
  await withEngine({}, async ({ session }) => {
    await pin(session);
    for (const { spanId, text } of session.windowText()) expect(session.spanText(spanId)).toBe(text);
    expect(session.spanText(0)).toBeUndefined();
    expect(session.spanText(999)).toBeUndefined();
  });
});

test('a note that has no room beside those that are still to be read is refused, and nothing of it is kept', () =>
  withEngine({ cache: { capacity: 512, pinnedBudget: 0.25 } }, async (engine) => {
    const note = { kind: 'memory' as const, title: 'note', text: 'Prices are in euros, never in cents. '.repeat(6) };
    const tokens = engine.session.countTokens(note.text);
    expect(tokens).toBeLessThan(100);
    expect(2 * tokens).toBeGreaterThan(128);
    engine.session.append([note]);
    expect(() => engine.session.append([note])).toThrow(/endless\.cache\.pinnedBudget|pinned/);
    await engine.session.whenIdle();
    expect(engine.journal.memories()).toHaveLength(1);
  }));
