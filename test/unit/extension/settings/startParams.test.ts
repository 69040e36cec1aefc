import { describe, expect, test } from 'vitest';
import { resolvePath } from '../../../../extension/settings/modelPath.js';
import { SettingComplaint } from '../../../../extension/settings/readSetting.js';
import { startParams } from '../../../../extension/settings/startParams.js';

const DEFAULTS: Readonly<Record<string, unknown>> = {
  'model.path': '',
  'model.builtIn': 'sink',
  gpu: 'auto',
  threads: 0,
  gpuLayers: -1,
  flashAttention: 'auto',
  batchSize: 256,
  'cache.keyType': 'f16',
  'cache.policy': 'sink',
  'cache.capacity': 0,
  'cache.sinks': -1,
  'cache.block': 64,
  'cache.pinnedBudget': 0.25,
  'chat.temperature': 0.2,
  'chat.maxTokens': 1024,
};
const SURROUNDINGS = {
  home: '/home/ada',
  workspaceFolder: '/code/shop',
  modelsPath: '/ext/models',
  storagePath: '/store',
};

function params(changed: Readonly<Record<string, unknown>> = {}, surroundings = {}) {
  return startParams((name) => ({ ...DEFAULTS, ...changed })[name], { ...SURROUNDINGS, ...surroundings });
}

describe('startParams', () => {
  test('the defaults start the built-in model with a sink token', () => {
    expect(params()).toEqual({
      modelPath: '/ext/models/endless-sink.gguf',
      builtIn: true,
      storagePath: '/store',
      cache: { policy: 'sink', capacity: 0, sinks: -1, block: 64, pinnedBudget: 0.25, reserve: 0, keyType: 'f16' },
      gpu: 'auto',
      threads: 0,
      flashAttention: 'auto',
      batchSize: 256,
      chat: { temperature: 0.2, maxTokens: 1024 },
    });
  });

  test("a path of one's own takes the place of the built-in model", () => {
    expect(params({ 'model.builtIn': 'vanilla' }).modelPath).toBe('/ext/models/endless-vanilla.gguf');
    expect(params({ 'model.path': ' ~/m.gguf ' })).toMatchObject({ modelPath: '/home/ada/m.gguf', builtIn: false });
  });

  test.each([
    ['model.path', 7],
    ['model.builtIn', 'other'],
    ['gpu', 'cpu'],
    ['gpu', undefined],
    ['threads', -1],
    ['threads', 1.5],
    ['threads', '4'],
    ['threads', Number.NaN],
    ['gpuLayers', -2],
    ['gpuLayers', 1_025],
    ['flashAttention', true],
    ['batchSize', 15],
    ['batchSize', 4_097],
    ['cache.keyType', 8],
    ['cache.policy', 'lru'],
    ['cache.policy', 'toString'],
    ['cache.capacity', 127],
    ['cache.capacity', -1],
    ['cache.capacity', 2_000_000],
    ['cache.sinks', -2],
    ['cache.sinks', 65],
    ['cache.block', 0],
    ['cache.block', 5_000],
    ['cache.pinnedBudget', 0.8],
    ['cache.pinnedBudget', null],
    ['chat.temperature', Number.NaN],
    ['chat.temperature', 2.1],
    ['chat.maxTokens', 0],
  ])('names %s when it is %s', (name, value) => {
    expect(() => params({ [name]: value })).toThrow(SettingComplaint);
    expect(() => params({ [name]: value })).toThrow(`endless.${name}`);
  });

  test('as many layers as the settings say go to the GPU, as many as fit when they say nothing', () => {
    expect(params()).not.toHaveProperty('gpuLayers');
    expect(params({ gpuLayers: 0 }).gpuLayers).toBe(0);
  });

  test('a block larger than half of the window cannot work', () => {
    expect(params({ 'cache.capacity': 256, 'cache.block': 128 }).cache.block).toBe(128);
    expect(() => params({ 'cache.capacity': 256, 'cache.block': 129 })).toThrow('endless.cache.block');
  });

  test('a relative path needs a folder', () => {
    expect(params({ 'model.path': 'm/x.gguf' }).modelPath).toBe('/code/shop/m/x.gguf');
    expect(() => params({ 'model.path': 'm/x.gguf' }, { workspaceFolder: undefined })).toThrow('endless.model.path');
  });
});

describe('resolvePath', () => {
  test.each([
    ['/a/../b.gguf', '/b.gguf'],
    ['~', '/home/ada'],
    ['~/x', '/home/ada/x'],
    ['~x', '/code/shop/~x'],
    ['./x', '/code/shop/x'],
    ['../x', '/code/x'],
    ['x y.gguf', '/code/shop/x y.gguf'],
  ])('%s is %s', (written, absolute) => {
    expect(resolvePath(written, SURROUNDINGS)).toBe(absolute);
  });
});
