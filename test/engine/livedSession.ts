import { cp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Engine } from '../../inference/engine.js';
import type { NextTokens } from '../../inference/llama/nextTokens.js';
import { recorder, startParams, type Recorder } from './fixture.js';

export const never = new AbortController().signal;

export const edit = (index: number) => ({
  kind: 'edit' as const,
  title: `src/f${index}.ts`,
  text: `src/f${index}.ts › function f${index}\n-  return ${index};\n+  return ${index} * factor;`,
});

/** Fills the window past its capacity, so that evictions have left their trace in the KV. */
export async function live(engine: Engine): Promise<void> {
  engine.session.append(Array.from({ length: 40 }, (_, index) => edit(index)));
  await engine.session.ask('What did I change last?', never);
  engine.session.append([edit(100)]);
  await engine.session.whenIdle();
}

/** A session that lived, and how its window looked and what it would have said next. */
export async function livedSession(
  folder: string,
): Promise<{ readonly next: NextTokens; readonly spans: unknown; readonly evaluated: number }> {
  await using engine = await Engine.start(params(folder), recorder());
  await live(engine);
  return { next: await engine.session.predict(), spans: shape(engine), evaluated: engine.session.windowView().used };
}

export const params = (folder: string, modelPath?: string) =>
  startParams(folder, { cache: { capacity: 512 }, ...(modelPath === undefined ? {} : { modelPath }) });

export const shape = (engine: Engine): unknown =>
  engine.session
    .windowView()
    .spans.map(({ kind, eventId, start, length, pinned, title }) => ({ kind, eventId, start, length, pinned, title }));

export const states = async (folder: string): Promise<string[]> =>
  (await readdir(join(folder, 'checkpoints')))
    .filter((file) => file.endsWith('.kv'))
    .map((file) => join(folder, 'checkpoints', file));

export const warnings = (recorded: Recorder): string =>
  recorded.log.filter((line) => line.startsWith('warn')).join('\n');

/** A copy of a session's folder, as if its process had been killed here: without the mark of its owner. */
export const copyFolder = (from: string, to: string): Promise<void> =>
  cp(from, to, { recursive: true, filter: (path) => !path.includes('owner.db') });
