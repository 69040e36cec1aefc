import { expect, test } from 'vitest';
import { loadError, LoadLog } from '../../../inference/llama/loadError.js';

/** What llama.cpp logs before the addon says that loading failed. */
function refused(...logged: readonly string[]): unknown {
  const log = new LoadLog(() => undefined);
  for (const line of logged) log.write('error', line);
  return loadError(new Error('Failed to load model'), '/m.gguf', 8192, log);
}

test.each([
  [
    'ggml_backend_cpu_buffer_type_alloc_buffer: failed to allocate buffer of size 99',
    'outOfMemory',
    'endless.cache.capacity',
  ],
  [
    "llama_model_load: error loading model: tensor 'x' data is not within the file bounds, model is corrupted or incomplete",
    'modelTruncated',
    'Download it again',
  ],
  ["llama_model_load: error loading model: unknown model architecture: 'quokka'", 'modelUnsupported', '"quokka"'],
  ["llama_model_load: error loading model: missing tensor 'x'", 'modelLoadFailed', "/m.gguf: missing tensor 'x'."],
])('%s', (line, code, says) => {
  expect(refused(line, 'llama_model_load_from_file_impl: failed to load model')).toMatchObject({
    code,
    message: expect.stringContaining(says) as string,
  });
});

test('without a word in the log, the library speaks for itself', () => {
  expect(refused()).toMatchObject({
    code: 'modelLoadFailed',
    message: expect.stringContaining('Failed to load') as string,
  });
});
