import { expect, test } from 'vitest';
import { capabilitiesOf } from '../../../inference/llama/capabilities.js';
import type { GgufFacts } from '../../../inference/llama/ggufFacts.js';

const FACTS: GgufFacts = {
  path: '/m.gguf',
  bytes: 1,
  name: 'm',
  architecture: 'llama',
  parameters: 1,
  trainedContext: 1024,
  attentionFactor: 1,
  slidingWindow: 0,
  ropeSections: false,
  keyLength: 64,
  learnedSinks: false,
};
const can = (facts: Partial<GgufFacts>): string => {
  const { shift, rollBack } = capabilitiesOf({ ...FACTS, ...facts });
  // Whether it can be taken back is for the probe to find out.
  expect(rollBack).toBe(true);
  return shift ? 'shifts' : 'stays';
};

test.each([
  'llama',
  'qwen2',
  'qwen3',
  'qwen3moe',
  'gemma',
  'gemma2',
  'gemma3',
  'starcoder2',
  'deepseek2',
  'granite',
  'gpt-oss',
  'plamo3',
  // Unknown here: the probe decides.
  'tomorrow',
])('%s shifts', (architecture) => {
  expect(can({ architecture })).toBe('shifts');
});

test.each([
  'qwen2vl',
  'qwen3vl',
  'qwen3vlmoe',
  'paddleocr',
  'step35',
  'gpt2',
  'starcoder',
  'smollm3',
  'llama4',
  'cohere2',
])('%s does not shift', (architecture) => {
  expect(can({ architecture })).toBe('stays');
});

test.each(['mamba', 'rwkv7', 'jamba', 'qwen3next', 'qwen35', 'granitehybrid', 'falcon-h1', 'lfm2', 'deepseek4'])(
  '%s has a state that cannot forget a part',
  (architecture) => {
    expect(can({ architecture })).toBe('stays');
  },
);

test('GLM-4 has M-RoPE only where the header has its sections', () => {
  expect(can({ architecture: 'glm4' })).toBe('shifts');
  expect(can({ architecture: 'glm4', ropeSections: true })).toBe('stays');
});

test('an attention factor other than 1 forbids shifts, and the reason names it', () => {
  expect(can({ attentionFactor: 1.139 })).toBe('stays');
  expect(capabilitiesOf({ ...FACTS, attentionFactor: 1.139 }).reason).toContain('YaRN');
});

test('learned sinks are a matter of the tensors, not of the name', () => {
  expect(capabilitiesOf({ ...FACTS, architecture: 'mimo2', learnedSinks: true }).learnedSinks).toBe(true);
});
