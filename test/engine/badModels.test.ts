/** Files that are no model, or not one that runs: each is refused with its own error, and the process lives on. */
import { chmod, mkdir, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Engine } from '../../inference/engine.js';
import { EngineError } from '../../inference/errors.js';
import type { ErrorCode } from '../../inference/views.js';
import type { LoadParameters } from './children/loadModel.js';
import { runChild, type Ended } from './children/runChild.js';
import { recorder, startParams, temporaryFolder } from './fixture.js';
import { tinyModel } from './gguf/architectures.js';
import { ENDING_MODELS } from './gguf/endingModels.js';
import { encodeGguf, string, strings, u32, writeGguf, type GgufSpec, type MetadataValue } from './gguf/writer.js';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => folder[Symbol.asyncDispose]());

const at = (name: string): string => join(folder.path, name);

/** Starts an engine that must refuse, and returns what the person would read. */
async function refusal(modelPath: string): Promise<EngineError> {
  await using storage = await temporaryFolder();
  try {
    await using engine = await Engine.start(startParams(storage.path, { modelPath, builtIn: false }), recorder());
    throw new Error(`${engine.started.model.name} was started`);
  } catch (error) {
    if (error instanceof EngineError) return error;
    throw error;
  }
}

/** A header with these counts and nothing after it. */
function header(version: number, tensors: bigint, entries: bigint): Buffer {
  const bytes = Buffer.alloc(24);
  bytes.write('GGUF', 'latin1');
  bytes.writeUInt32LE(version, 4);
  bytes.writeBigUInt64LE(tensors, 8);
  bytes.writeBigUInt64LE(entries, 16);
  return bytes;
}

function llamaWith(entries: readonly (readonly [string, MetadataValue])[]): GgufSpec {
  const spec = tinyModel('llama');
  return { ...spec, metadata: new Map([...spec.metadata, ...entries]) };
}

interface BadFile {
  readonly name: string;
  readonly code: ErrorCode;
  readonly says: RegExp;
  /** Returns the path. */
  readonly make: () => Promise<string>;
}

const write = async (name: string, bytes: Uint8Array): Promise<string> => {
  await writeFile(at(name), bytes);
  return at(name);
};

const whole = encodeGguf(tinyModel('llama'));

const BAD_FILES: readonly BadFile[] = [
  {
    name: 'no file',
    code: 'modelNotFound',
    says: /no model file/,
    make: () => Promise.resolve(at('nowhere.gguf')),
  },
  {
    name: 'a file as a folder of the path',
    code: 'modelNotFound',
    says: /no model file/,
    make: async () => join(await write('file.gguf', whole), 'inner.gguf'),
  },
  {
    name: 'a folder',
    code: 'modelNotGguf',
    says: /not a GGUF file/,
    make: async () => {
      await mkdir(at('folder.gguf'));
      return at('folder.gguf');
    },
  },
  {
    name: 'an empty file',
    code: 'modelNotGguf',
    says: /not a GGUF file/,
    make: () => write('empty.gguf', Buffer.of()),
  },
  {
    name: 'something else',
    code: 'modelNotGguf',
    says: /not a GGUF file/,
    make: () => write('zip.gguf', Buffer.from('PK\u0003\u0004 and so on')),
  },
  {
    name: 'the magic and nothing else',
    code: 'modelTruncated',
    says: /incomplete or damaged/,
    make: () => write('magic.gguf', whole.subarray(0, 4)),
  },
  {
    name: 'cut off in the header',
    code: 'modelTruncated',
    says: /incomplete or damaged/,
    make: () => write('cut header.gguf', whole.subarray(0, 700)),
  },
  {
    name: 'cut off in the tensors',
    code: 'modelTruncated',
    says: /before its last tensor/,
    make: () => write('cut.gguf', whole.subarray(0, whole.length - 100_000)),
  },
  {
    name: 'cut off in the last tensor',
    code: 'modelTruncated',
    says: /before its last tensor/,
    make: () => write('cut a little.gguf', whole.subarray(0, whole.length - 64)),
  },
  {
    name: 'another version',
    code: 'modelUnsupported',
    says: /version 9/,
    make: () => write('version.gguf', encodeGguf({ ...tinyModel('llama'), version: 9 })),
  },
  {
    name: 'version 1',
    code: 'modelUnsupported',
    says: /version 1/,
    make: () => write('old.gguf', encodeGguf({ ...tinyModel('llama'), version: 1 })),
  },
  {
    name: 'the bytes of another machine',
    code: 'modelUnsupported',
    says: /big-endian/,
    make: () => write('big endian.gguf', header(3 << 24, 1n, 1n)),
  },
  {
    name: '2^60 tensors',
    code: 'modelTruncated',
    says: /incomplete or damaged/,
    make: () => write('tensor bomb.gguf', header(3, 1n << 60n, 1n)),
  },
  {
    name: '2^60 metadata entries',
    code: 'modelTruncated',
    says: /incomplete or damaged/,
    make: () => write('entry bomb.gguf', header(3, 1n, 1n << 60n)),
  },
  {
    name: 'a key of 2^60 bytes',
    code: 'modelTruncated',
    says: /incomplete or damaged/,
    make: () => write('key bomb.gguf', Buffer.concat([header(3, 1n, 1n), length(1n << 60n)])),
  },
  {
    name: 'a list of 2^60 strings',
    code: 'modelTruncated',
    says: /incomplete or damaged/,
    make: () => write('list bomb.gguf', listOf(1n << 60n)),
  },
  {
    name: 'a large hole with a list of 2^30 numbers that are not there',
    code: 'modelTruncated',
    says: /incomplete or damaged/,
    make: async () => {
      const path = await write('hole.gguf', listOf(1n << 30n));
      await truncate(path, 2 ** 20);
      return path;
    },
  },
  {
    name: 'an architecture that nobody knows',
    code: 'modelUnsupported',
    says: /"quokka"/,
    make: async () => {
      await writeGguf(at('quokka.gguf'), llamaWith([['general.architecture', string('quokka')]]));
      return at('quokka.gguf');
    },
  },
  {
    name: 'no architecture at all',
    code: 'modelUnsupported',
    says: /architecture/,
    make: async () => {
      const spec = tinyModel('llama');
      const metadata = new Map([...spec.metadata].filter(([key]) => key !== 'general.architecture'));
      await writeGguf(at('nameless.gguf'), { ...spec, metadata });
      return at('nameless.gguf');
    },
  },
  {
    name: 'a model that only makes embeddings',
    code: 'modelUnsupported',
    says: /embeddings/,
    make: async () => {
      await writeGguf(at('bert.gguf'), llamaWith([['general.architecture', string('bert')]]));
      return at('bert.gguf');
    },
  },
  {
    name: 'the image part of a model',
    code: 'modelUnsupported',
    says: /mmproj/,
    make: async () => {
      await writeGguf(at('mmproj.gguf'), llamaWith([['general.architecture', string('clip')]]));
      return at('mmproj.gguf');
    },
  },
  {
    name: 'a tokenizer without tokens',
    code: 'modelUnsupported',
    says: /no tokens/,
    make: async () => {
      await writeGguf(at('mute.gguf'), llamaWith([['tokenizer.ggml.tokens', strings([])]]));
      return at('mute.gguf');
    },
  },
  {
    name: 'a tensor of another shape',
    code: 'modelLoadFailed',
    says: /shape/,
    make: async () => {
      await writeGguf(at('shape.gguf'), llamaWith([['llama.feed_forward_length', u32(96)]]));
      return at('shape.gguf');
    },
  },
  {
    name: 'a missing tensor',
    code: 'modelLoadFailed',
    says: /output_norm/,
    make: async () => {
      const spec = tinyModel('llama');
      await writeGguf(at('hole in it.gguf'), {
        ...spec,
        tensors: spec.tensors.filter((tensor) => !tensor.name.startsWith('output_norm')),
      });
      return at('hole in it.gguf');
    },
  },
];

function length(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(value);
  return bytes;
}

/** One entry "k": an array of strings that is said to have so many. */
function listOf(count: bigint): Buffer {
  const type = Buffer.alloc(8);
  type.writeUInt32LE(9, 0);
  type.writeUInt32LE(8, 4);
  return Buffer.concat([header(3, 0n, 1n), length(1n), Buffer.from('k'), type, length(count)]);
}

describe.each(BAD_FILES)('$name', ({ code, says, make }) => {
  test(`is refused as ${code}, with the file's name and the way on`, async () => {
    const path = await make();
    const start = performance.now();
    const error = await refusal(path);
    expect(error).toMatchObject({ code });
    expect(error.message).toMatch(says);
    expect(error.message).toContain(path);
    expect(error.message).toMatch(/[Cc]hoose another/);
    expect(error.remedies).toEqual(expect.arrayContaining(['chooseModel', 'useBuiltInModel']));
    // A message is for a person: no names of functions, no line breaks, no end.
    expect(error.message).not.toMatch(/\w+: \w+: |\n|llama_model_load/);
    expect(error.message.length).toBeLessThan(folder.path.length + 400);
    expect(performance.now() - start).toBeLessThan(20_000);
  });
});

test.skipIf(process.getuid?.() === 0)('a file that may not be read', async () => {
  const path = await write('secret.gguf', whole);
  await chmod(path, 0);
  expect(await refusal(path)).toMatchObject({
    code: 'modelLoadFailed',
    message: expect.stringContaining('permissions') as string,
  });
});

test.each([
  'with space.gguf',
  `it's "quoted".gguf`,
  'モデル ünï 🧠.gguf',
  'line\nbreak.gguf',
  '-rf.gguf',
  '%s$(x).gguf',
  'https:.gguf',
])('a model may be called %j', async (name) => {
  const path = await write(name, whole);
  await using storage = await temporaryFolder();
  await using engine = await Engine.start(
    startParams(storage.path, { modelPath: path, builtIn: false, cache: { capacity: 256 } }),
    recorder(),
  );
  expect(engine.started.model.file).toBe(name);
});

test.each(ENDING_MODELS)(
  'a model that ends the process $when is refused at the third start, and may be tried again',
  async ({ when, spec, says }) => {
    const path = at(`ends ${when}.gguf`);
    await writeGguf(path, spec());
    const notes = at(`notes ${when}`);
    const start = (): Promise<Ended> =>
      runChild('loadModel', { path, folder: notes, ignoreGate: false } satisfies LoadParameters);
    const first = await start();
    expect(first.signal).toBe('SIGABRT');
    expect(first.output).toMatch(says);
    expect((await start()).signal).toBe('SIGABRT');
    const third = await start();
    expect(third.signal).toBeNull();
    expect(third.output).toContain('loading it ended the engine 2 times');
    expect((await start()).signal).toBe('SIGABRT');
  },
);
