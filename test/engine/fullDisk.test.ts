import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Engine } from '../../inference/engine.js';
import { checkInvariants } from '../../inference/window/invariants.js';
import { recorder, startParams, type Recorder } from './fixture.js';

const never = new AbortController().signal;
const disk = mkdtempSync(join(tmpdir(), 'endless-disk-'));

/** A real disk of four megabytes: only root may have one, and only on Linux. */
const mounted =
  process.platform === 'linux' && spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', disk]).status === 0;

const fill = (): void => {
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(join(disk, 'filler'), Buffer.alloc(bavail * bsize));
};

const makeRoom = (): void => rmSync(join(disk, 'filler'), { force: true });

const warnings = (recorded: Recorder): string => recorded.log.filter((line) => line.startsWith('warn')).join('\n');

describe.skipIf(!mounted)('a full disk', () => {
  let engine: Engine;
  const recorded = recorder();

  beforeAll(async () => {
    engine = await Engine.start(startParams(disk, { chat: { maxTokens: 200 } }), recorded);
  });

  afterAll(async () => {
    makeRoom();
    await engine[Symbol.asyncDispose]();
    spawnSync('umount', [disk]);
    rmSync(disk, { recursive: true, force: true });
  });

  test('a question is refused with the reason, before the model sees it; with room again it is answered', async () => {
    await engine.session.ask('Who are you?', never);
    const before = engine.session.windowView().used;
    fill();
    await expect(engine.session.ask(`A long question. ${'x '.repeat(20_000)}`, never)).rejects.toMatchObject({
      code: 'storageFailed',
      message: expect.stringMatching(/free some space/) as string,
    });
    expect(engine.session.windowView().used).toBe(before);
    expect(engine.journal.count).toBe(2);
    makeRoom();
    expect((await engine.session.ask('Who are you?', never)).reply.text).toMatch(/Endless/);
    expect(engine.journal.count).toBe(4);
  });

  test('edits that no longer fit are refused with the reason', () => {
    const edits = Array.from({ length: 50 }, (_, index) => ({
      kind: 'edit' as const,
      title: `${index}.ts`,
      text: `${index}.ts\n${'+x '.repeat(20_000)}`,
    }));
    const before = engine.journal.count;
    fill();
    let failure: unknown;
    try {
      engine.session.append(edits);
    } catch (error) {
      failure = error;
    }
    expect(failure).toMatchObject({
      code: 'storageFailed',
      message: expect.stringMatching(/full|I\/O/) as string,
    });
    expect(engine.journal.count).toBe(before);
    makeRoom();
  });

  test('an answer that no longer fits stops with the reason; what fitted stays, and the session goes on', async () => {
    let filled = false;
    recorded.handleDelta = () => {
      if (!filled) fill();
      filled = true;
    };
    // Whether the few bytes of one answer still fit into the journal's last page is up to SQLite: ask until they do not.
    let failure: unknown;
    for (let turn = 0; turn < 400 && failure === undefined; turn += 1)
      failure = await engine.session.ask('What can you do?', never).then(
        () => undefined,
        (error: unknown) => error,
      );
    expect(failure).toMatchObject({ code: 'storageFailed' });
    // Whoever waits for the end of the answer learns of it, or could never ask again.
    const cutOff = recorded.events.findLast(({ kind }) => kind === 'reply');
    expect(cutOff?.state).toBe('interrupted');
    expect(cutOff?.text).not.toBe('');
    recorded.handleDelta = () => undefined;
    makeRoom();
    const { window, held } = engine.session.inspect();
    checkInvariants(window, held);
    expect((await engine.session.ask('Who are you?', never)).reply.text).toMatch(/\w/);
    // With room again, the journal notes what it could not.
    expect(engine.journal.get(cutOff?.id ?? 0)).toMatchObject({ state: 'interrupted', text: cutOff?.text });
  });

  test('a window that cannot be saved is only a line in the log', async () => {
    await engine.session.ask('Who are you?', never);
    fill();
    await engine.session.checkpoint();
    expect(warnings(recorded)).toMatch(/could not be saved/);
    makeRoom();
    await engine.session.ask('Who are you?', never);
  });
});
