import { expect, test } from 'vitest';
import { parseOptions, settingsOf } from '../../../cli/options.js';
import { stateFolder } from '../../../cli/stateFolder.js';

test('without options it is the built-in model with the sink policy, greedy', () => {
  expect(parseOptions([], '/models/built-in.gguf')).toMatchObject({
    model: '/models/built-in.gguf',
    builtIn: true,
    policy: 'sink',
    temperature: 0,
    gpu: 'auto',
  });
});

test('a replay runs where the last digits are the same everywhere', () => {
  expect(parseOptions(['--replay', '/a.jsonl'], '')).toMatchObject({ replay: '/a.jsonl', gpu: 'off', threads: 1 });
  expect(parseOptions(['--replay', '/a.jsonl', '--gpu', 'cuda'], '')).toMatchObject({ gpu: 'cuda' });
});

test('a replay has the options that its transcript was made with, and those that are given', () => {
  const recorded = settingsOf(parseOptions(['--model', '/m.gguf', '--capacity', '512', '--threads', '3'], ''));
  const replay = (...args: string[]) => parseOptions(['--replay', '/a.jsonl', ...args], '/built-in.gguf', recorded);
  expect(replay()).toMatchObject({ model: '/m.gguf', builtIn: false, capacity: 512, threads: 3, gpu: 'auto' });
  expect(replay('--capacity', '256')).toMatchObject({ model: '/m.gguf', capacity: 256, threads: 3 });
  expect(replay('--capacity', '256').chosen).toEqual(new Set(['replay', 'capacity']));
  const builtIn = { ...recorded, model: '/elsewhere/built-in.gguf', builtIn: true };
  expect(parseOptions(['--replay', '/a.jsonl'], '/built-in.gguf', builtIn).model).toBe('/built-in.gguf');
});

test.each([
  [['--policy', 'none'], '--policy none is none of sink, window, recompute, dense'],
  [['--capacity', 'much'], '--capacity much is no number'],
  [['--block', '1.5'], '--block 1.5 is no whole number'],
])('%j is refused', (args, message) => {
  expect(() => parseOptions(args, '')).toThrow(message);
});

test('each system keeps state in its own place', () => {
  expect(stateFolder('linux', { XDG_STATE_HOME: '/state' })).toBe('/state/endless/chat');
  expect(stateFolder('linux', {})).toMatch(/\.local\/state\/endless\/chat$/);
  expect(stateFolder('darwin', {})).toMatch(/Library\/Application Support\/Endless\/chat$/);
});
