import type { Token } from 'node-llama-cpp';
import { openBare, type BareSequence } from '../../baseline/bareSequence.js';
import type { Settings } from '../../harness/benchmark.js';
import { openEngine } from '../../model/openEngine.js';
import { median, medianInterval } from '../../statistics.js';

export interface Overhead {
  readonly model: string;
  readonly tokens: number;
  readonly replies: number;
  /** Milliseconds per generated token: median over replies. */
  readonly engine: number;
  readonly bare: number;
  /** Median over the replies of engine over bare, each pair measured one after the other. */
  readonly ratio: number;
  /** 95 % interval of that median. */
  readonly interval: readonly [low: number, high: number];
}

const QUESTIONS = [
  'What did I change last?',
  'Explain the last edit.',
  'Write a function that adds two numbers.',
  'Which file did I edit?',
];

/** Tokens of a reply below which its time says little. */
const LEAST_REPLY = 8;

/** As chatTurn.ts samples where nothing repeats itself: the same work for llama.cpp. */
const REPEAT_PENALTY = { penalty: 1, frequencyPenalty: 0.25, punishTokens: () => [] };

/**
 * A generated token of a chat reply, with all that the engine does around it (window, scheduler, text, journal), against
 * a bare `evaluate` loop of the library from the same tokens with the same sampler. No eviction on either side.
 */
export async function measureOverhead(
  settings: Settings,
  { name, path, sessions }: { readonly name: string; readonly path: string; readonly sessions: number },
): Promise<Overhead> {
  const pairs: { readonly engine: number; readonly bare: number; readonly tokens: number }[] = [];
  const stage = settings.progress.stage(`overhead per token, ${name}`, sessions);
  const bare = await openBare(path, 2048);
  for (let session = 0; session < sessions; session += 1) {
    pairs.push(...(await measureSession(path, bare)));
    stage.advance(1);
  }
  const ratios = pairs.map((pair) => pair.engine / pair.bare);
  return {
    model: name,
    tokens: pairs.reduce((sum, pair) => sum + pair.tokens, 0),
    replies: pairs.length,
    engine: median(pairs.map((pair) => pair.engine)),
    bare: median(pairs.map((pair) => pair.bare)),
    ratio: median(ratios),
    interval: medianInterval(ratios),
  };
}

async function measureSession(
  model: string,
  bare: BareSequence,
): Promise<{ engine: number; bare: number; tokens: number }[]> {
  const pairs: { engine: number; bare: number; tokens: number }[] = [];
  const deltas: number[] = [];
  await using opened = await openEngine({
    model,
    cache: { capacity: 1024 },
    maxTokens: 64,
    handleDelta: () => deltas.push(performance.now()),
  });
  const { session } = opened.engine;
  await bare.sequence.clearHistory();
  for (let turn = 0; ; turn += 1) {
    const before = session.windowView();
    if (before.counters.evicted > 0 || before.used > before.capacity - before.reserve - 160) return pairs;
    deltas.length = 0;
    const { stopped } = await session.ask(QUESTIONS[turn % QUESTIONS.length]!, new AbortController().signal);
    const generated = session.windowView().counters.generated - before.counters.generated;
    const shown = stopped === 'end' ? generated - 1 : generated;
    await session.whenIdle();
    const held = session.inspect().held;
    // Where a piece of text was held back the deltas no longer tell the tokens apart.
    if (deltas.length === shown && shown >= LEAST_REPLY) {
      const engine = (deltas.at(-1)! - deltas[0]!) / (shown - 1);
      pairs.push({ engine, bare: await timeBare(bare, held, shown), tokens: shown });
    }
  }
}

/** Generates as many tokens after the same prompt, then goes on with what the engine holds. */
async function timeBare({ sequence }: BareSequence, held: readonly number[], count: number): Promise<number> {
  const prompt = held.slice(sequence.nextTokenIndex, held.length - count - 1);
  const end = sequence.nextTokenIndex + prompt.length;
  const at: number[] = [];
  const loop = sequence.evaluate(prompt as Token[], {
    temperature: 0,
    yieldEogToken: true,
    repeatPenalty: REPEAT_PENALTY,
  });
  while (at.length < count && (await loop.next()).done !== true) at.push(performance.now());
  await loop.return();
  await sequence.eraseContextTokenRanges([{ start: end, end: sequence.nextTokenIndex }]);
  await sequence.evaluateWithoutGeneratingNewTokens(held.slice(end) as Token[]);
  return (at.at(-1)! - at[0]!) / (count - 1);
}
