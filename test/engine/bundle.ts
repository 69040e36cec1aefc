/** TypeScript as one file that Node runs, for the tests that start a process of their own. */
import { mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

const root = resolve(import.meta.dirname, '../..');

/** @param entry absolute path. The bundle goes when it is disposed. */
export async function bundle(entry: string): Promise<AsyncDisposable & { readonly path: string }> {
  // Inside the repository, so that it finds node-llama-cpp.
  const folder = await mkdtemp(join(root, 'node_modules', '.endless-test-'));
  const path = join(folder, 'bundle.mjs');
  const gone = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    await build({
      entryPoints: [entry],
      outfile: path,
      bundle: true,
      platform: 'node',
      format: 'esm',
      external: ['node-llama-cpp'],
      logLevel: 'error',
      // Some of what is bundled is CommonJS.
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    });
  } catch (error) {
    await gone();
    throw error;
  }
  return { path, [Symbol.asyncDispose]: gone };
}
