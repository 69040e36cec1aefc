import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tinyModel } from './gguf/architectures.js';
import { writeGguf } from './gguf/writer.js';
import { temporaryFolder, withEngine } from './fixture.js';

const WORKSPACE = 'The workspace: shop (Node.js).';

test('a model without a system prompt of its own is told of the workspace, pinned after the sinks', async () => {
  await using folder = await temporaryFolder();
  const modelPath = join(folder.path, 'llama.gguf');
  await writeGguf(modelPath, tinyModel('llama'));
  const cache = { capacity: 1024, pinnedBudget: 0.75 };
  await withEngine({ modelPath, builtIn: false, workspace: WORKSPACE, cache }, ({ session }) => {
    const [sink, system] = session.windowText();
    expect(`${sink?.text ?? ''}${system?.text ?? ''}`).toContain(WORKSPACE);
    expect(session.windowView().spans[1]).toMatchObject({ kind: 'system', pinned: true });
    return Promise.resolve();
  });
});

test('the built-in model is told only what it was trained with', async () => {
  await withEngine({ workspace: WORKSPACE }, ({ session }) => {
    expect(
      session
        .windowText()
        .map(({ text }) => text)
        .join(''),
    ).not.toContain('workspace');
    return Promise.resolve();
  });
});
