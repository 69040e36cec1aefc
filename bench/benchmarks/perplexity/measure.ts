import { readGgufFacts } from '../../../inference/llama/ggufFacts.js';
import type { LocalModel } from '../../../inference/llama/localModel.js';
import type { Settings } from '../../harness/benchmark.js';
import { openModel } from '../../model/openModel.js';
import { takeTokens } from '../../text/tokens.js';
import { Arms, type Arm, type Plan, type Twin } from './arms.js';

export interface Measured {
  readonly twin: Twin;
  readonly plan: Plan;
  readonly natural: number;
  readonly policies: Record<string, Arm>;
  readonly sizes: Record<string, Arm>;
  readonly positions: Record<string, Arm>;
  readonly blocks: Record<string, Arm>;
  /** The same evictions as `blocks`, with keys that hardly round when they are rotated again. */
  readonly matched: Record<string, Arm>;
}

/** Block of the arms that do not vary it. The engine's default. */
export const BLOCK = 64;

/** Tokens after the cache is full. */
const LONG = 50_100;

/** Tokens of one package: a stream of many hands. */
export const PER_PACKAGE = 2048;

function planFor(trained: number, settings: Settings): Plan {
  if (settings.quick)
    return {
      capacity: 128,
      tokens: { long: settings.tokens ?? 1024, short: 640 },
      sinks: [0, 1, 4],
      sizes: [],
      blocks: [16],
      recomputeEvery: 64,
    };
  return {
    capacity: trained,
    tokens: { long: settings.tokens ?? 2 * trained + LONG, short: 12_288 },
    sinks: [0, 1, 2, 4, 8],
    sizes: [128, 256, 512].filter((size) => size < trained),
    blocks: [1, 4, 16, BLOCK, 256],
    recomputeEvery: 240,
  };
}

export async function measure(twin: Twin, settings: Settings): Promise<Measured> {
  const path = settings.models[twin];
  const { trainedContext } = await readGgufFacts(path);
  const plan = planFor(trainedContext, settings);
  const within = await measureWithin(path, twin, plan, settings);
  const positions = {
    cache: within.cached,
    original: await original(path, twin, within.tokens, plan, within.natural, settings),
  };
  within.policies['dense'] = await dense(path, twin, within.tokens, plan, settings);
  const { natural, policies, sizes, blocks } = within;
  const matched = await matchedSchedules(path, twin, within.tokens, plan, natural, settings);
  return { twin, plan, natural, policies, sizes, positions, blocks, matched };
}

interface Within {
  readonly tokens: readonly number[];
  readonly natural: number;
  /** The arm that is the engine's own choice, over the short stream. */
  readonly cached: Arm;
  readonly policies: Record<string, Arm>;
  readonly sizes: Record<string, Arm>;
  readonly blocks: Record<string, Arm>;
}

/** All the arms that stay within what the model was trained with. */
async function measureWithin(path: string, twin: Twin, plan: Plan, settings: Settings): Promise<Within> {
  const model = await openModel(path, { capacity: plan.capacity });
  const long = await streamFor(model, plan, settings);
  const tokens = long.slice(0, plan.tokens.short);
  const natural = model.facts.endless?.sink === 'trained' ? 1 : 4;
  const longArms = new Arms(model, twin, long, plan, settings);
  const arms = new Arms(model, twin, tokens, plan, settings);

  const policies: Record<string, Arm> = {};
  for (const sinks of plan.sinks) {
    const policy = sinks === 0 ? 'window' : 'sink';
    const label = `${sinks}+${plan.capacity - sinks}`;
    policies[label] = await longArms.run(label, { policy, sinks, capacity: plan.capacity, block: BLOCK });
  }
  policies['recompute'] = await longArms.recompute();

  const sink = { policy: 'sink', sinks: natural } as const;
  const sizes: Record<string, Arm> = {};
  for (const capacity of plan.sizes)
    sizes[capacity] = await arms.run(`cache of ${capacity}`, {
      ...sink,
      capacity,
      block: Math.min(BLOCK, capacity / 4),
    });
  const blocks: Record<string, Arm> = {};
  for (const block of plan.blocks)
    if (block !== BLOCK)
      blocks[block] = await arms.run(`blocks of ${block}`, { ...sink, capacity: plan.capacity, block });
  // The engine's own choice once more, over the short stream, beside what is compared there.
  const own = `${natural}+${plan.capacity - natural}`;
  const cached = await arms.run(own, { ...sink, capacity: plan.capacity, block: BLOCK }, `${own}, short`);
  sizes[plan.capacity] = cached;
  blocks[BLOCK] = cached;
  return { tokens, natural, cached, policies, sizes, blocks };
}

/** Both twins read the same text; the sink token comes first where there is one. */
async function streamFor(model: LocalModel, plan: Plan, settings: Settings): Promise<number[]> {
  const { bos } = model.vocabulary;
  const text = await takeTokens(settings.root, model.vocabulary, plan.tokens.long, { perPackage: PER_PACKAGE });
  return [...(bos === undefined ? [] : [bos]), ...text];
}

/** Four times what the model was trained with, or the stream: enough to see dense attention leave its range. */
async function dense(
  path: string,
  twin: Twin,
  tokens: readonly number[],
  plan: Plan,
  settings: Settings,
): Promise<Arm> {
  const part = tokens.slice(0, 4 * plan.capacity);
  const model = await openModel(path, { capacity: part.length });
  return new Arms(model, twin, part, plan, settings).run('dense', {
    policy: 'dense',
    sinks: 0,
    capacity: part.length,
    block: BLOCK,
  });
}

async function original(
  path: string,
  twin: Twin,
  tokens: readonly number[],
  plan: Plan,
  sinks: number,
  settings: Settings,
): Promise<Arm> {
  const model = await openModel(path, { capacity: plan.capacity, positions: 'original' });
  return new Arms(model, twin, tokens, plan, settings).run('original positions', {
    policy: 'sink',
    sinks,
    capacity: plan.capacity,
    block: BLOCK,
  });
}

async function matchedSchedules(
  path: string,
  twin: Twin,
  tokens: readonly number[],
  plan: Plan,
  sinks: number,
  settings: Settings,
): Promise<Record<string, Arm>> {
  const { capacity } = plan;
  const model = await openModel(path, { capacity, keyType: 'f32' });
  const arms = new Arms(model, twin, tokens, plan, settings);
  const matched: Record<string, Arm> = {};
  for (const block of plan.blocks)
    matched[block] = await arms.run(
      `blocks of ${block}`,
      { policy: 'sink', sinks, capacity, block },
      `blocks of ${block}, keys of 32 bits`,
    );
  return matched;
}
