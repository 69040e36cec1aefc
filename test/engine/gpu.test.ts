/**
 * The Vulkan path, for real, on whatever Vulkan device there is: Mesa's software one will do (Debian:
 * mesa-vulkan-drivers), which llama.cpp takes only when it is named.
 */
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, type TestContext } from 'vitest';
import { divergence } from '../../inference/llama/nextTokens.js';
import type { ModelView, WindowView } from '../../inference/views.js';
import type { DeviceParameters } from './children/device.js';
import { runChild, type Ended } from './children/runChild.js';
import type { StreamParameters } from './children/streamOnDevice.js';
import { temporaryFolder } from './fixture.js';
import { tinyModel } from './gguf/architectures.js';
import { writeGguf } from './gguf/writer.js';

interface OnDevice {
  readonly device: { readonly backend: string; readonly name: string; readonly memory?: number };
  readonly fallback?: string;
  readonly capabilities: { readonly shift: boolean; readonly rollBack: boolean };
  readonly counters: { readonly unasked: number; readonly moved: number };
  readonly steps: readonly (readonly (readonly [number, number])[])[];
  readonly words: readonly number[];
}

interface Streamed {
  readonly model: ModelView;
  readonly view: WindowView;
  readonly notices: readonly string[];
  readonly problems: readonly string[];
}

/** The first device of the machine. It has to be set before llama.cpp loads: hence the processes. */
const FIRST_DEVICE = { GGML_VK_VISIBLE_DEVICES: '0' };

/** Shaders are compiled when they are first used, which takes its time in software. */
const SLOW = 600_000;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let path: string;
let onVulkan: Ended;

const run = (gpu: DeviceParameters['gpu'], env: NodeJS.ProcessEnv): Promise<Ended> =>
  runChild('device', { path, gpu } satisfies DeviceParameters, env);

beforeAll(async () => {
  folder = await temporaryFolder();
  path = join(folder.path, 'tiny.gguf');
  await writeGguf(path, tinyModel('llama'));
  onVulkan = await run('vulkan', FIRST_DEVICE);
}, SLOW);
afterAll(() => folder[Symbol.asyncDispose]());

function skipWithoutVulkan(context: TestContext): void {
  const { fallback } = (onVulkan.said ?? {}) as Partial<OnDevice>;
  if (fallback !== undefined)
    context.skip(`There is no Vulkan device here (Debian: apt-get install mesa-vulkan-drivers). ${fallback}`);
}

test('Vulkan evaluates, evicts, shifts and rolls back as the CPU does', { timeout: SLOW }, async (context) => {
  skipWithoutVulkan(context);
  expect(onVulkan).toMatchObject({ code: 0, signal: null });
  const vulkan = onVulkan.said as OnDevice;
  const cpu = (await run('off', {})).said as OnDevice;
  expect(cpu.device.backend).toBe('cpu');
  expect(vulkan.device.backend).toBe('vulkan');
  expect(vulkan.device.name).not.toBe('');
  expect(vulkan.device.memory).toBeGreaterThan(0);
  expect(vulkan.capabilities).toMatchObject({ shift: true, rollBack: true });
  expect(vulkan.counters).toMatchObject({ unasked: 0, moved: cpu.counters.moved });
  expect(vulkan.counters.moved).toBeGreaterThan(0);

  const differences = vulkan.steps.map((step, index) => divergence(new Map(cpu.steps[index]), new Map(step)));
  console.log(vulkan.device, 'KL against the CPU: read, evicted, rolled back', differences);
  expect(differences).toHaveLength(3);
  for (const difference of differences) expect(difference).toBeLessThan(5e-3);
  // An eviction that did nothing would agree as well.
  expect(divergence(new Map(cpu.steps[0]), new Map(cpu.steps[1]))).toBeGreaterThan(0.1);
  expect(vulkan.words).toHaveLength(8);
});

test('a whole engine streams on Vulkan, and says where it runs', { timeout: SLOW }, async (context) => {
  skipWithoutVulkan(context);
  const ended = await runChild(
    'streamOnDevice',
    { path, gpu: 'vulkan', storagePath: join(folder.path, 'vulkan') } satisfies StreamParameters,
    FIRST_DEVICE,
  );
  expect(ended).toMatchObject({ code: 0, signal: null });
  const { model, view, problems, notices } = ended.said as Streamed;
  expect(model.device).toMatchObject({ backend: 'vulkan', threads: 1 });
  expect(model.device.memory).toBeGreaterThan(0);
  expect(model.policyReason).toBeUndefined();
  expect(view.policy).toBe('sink');
  expect(view.counters.reEvaluated).toBe(0);
  expect(view.counters.evictions).toBeGreaterThan(0);
  expect(view.counters.moved).toBeGreaterThan(0);
  expect([notices, problems]).toEqual([[], []]);
});

test.each([
  ['Vulkan without a device', 'vulkan', { VK_DRIVER_FILES: '/nowhere.json', VK_ICD_FILENAMES: '/nowhere.json' }],
  ['CUDA, whose build is not part of the extension', 'cuda', {}],
] as const)('%s: the model runs on the CPU, and a notice says so', { timeout: SLOW }, async (_, gpu, env) => {
  const storagePath = join(folder.path, `fallback ${gpu}`);
  const ended = await runChild('streamOnDevice', { path, gpu, storagePath } satisfies StreamParameters, env);
  expect(ended).toMatchObject({ code: 0, signal: null });
  const { model, view, notices } = ended.said as Streamed;
  expect(model.device).toMatchObject({ backend: 'cpu', name: 'CPU' });
  expect(notices).toHaveLength(1);
  expect(notices[0]).toMatch(
    new RegExp(`^${gpu === 'cuda' ? 'CUDA' : 'Vulkan'} (does not work|finds no device) on this machine.*CPU`),
  );
  expect(view.counters.reEvaluated).toBe(0);
});
