import { expect, test } from 'vitest';
import { attentionFactor, type RopeScaling } from '../../../inference/llama/attentionFactor.js';

const PLAIN: RopeScaling = {
  architecture: 'llama',
  type: undefined,
  factor: 0,
  attentionFactor: undefined,
  logMultiplier: 0,
};

/** What llama.cpp computes for these (llama_context's constructor, times what rope_yarn multiplies). */
test.each([
  ['plain RoPE', {}, 1],
  ['linear scaling', { type: 'linear', factor: 4 }, 1],
  ['YaRN times 4', { type: 'yarn', factor: 4 }, 1.1386],
  ['YaRN times 32: gpt-oss', { architecture: 'gpt-oss', type: 'yarn', factor: 32 }, 1.3466],
  ['YaRN that scales nothing', { type: 'yarn', factor: 1 }, 1],
  ['LongRoPE, whose type is not written', { architecture: 'phi3', attentionFactor: 1.19 }, 1.19],
  ['LongRoPE that says 1', { architecture: 'phi3', type: 'longrope', attentionFactor: 1 }, 1],
  ['YaRN with a factor that cancels it', { type: 'yarn', factor: 4, attentionFactor: 1 / 1.1386294 }, 1],
  // Its conversion writes a tenth, and it cancels the magnitude: DeepSeek-V2 can be shifted.
  ['DeepSeek-V2', { architecture: 'deepseek2', type: 'yarn', factor: 40, logMultiplier: 0.0707 }, 1],
  ['Mistral 3', { architecture: 'mistral3', type: 'yarn', factor: 16, logMultiplier: 1 }, 1],
  ['a multiplier that the architecture does not read', { type: 'yarn', factor: 4, logMultiplier: 1 }, 1.1386],
] satisfies [string, Partial<RopeScaling>, number][])('%s', (_, scaling, expected) => {
  expect(attentionFactor({ ...PLAIN, ...scaling })).toBeCloseTo(expected, 4);
});
