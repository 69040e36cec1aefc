import { messageOf } from '../errors.js';
import type { Capabilities } from './capabilities.js';
import { PROBE_TOKENS, probeRollBack, probeShift, type ProbedSequence } from './probe.js';
import type { RuntimeOptions } from './runtime.js';
import { verdictNote, type Verdict, type VerdictNote, type Verdicts } from './verdictNote.js';
import type { Vocabulary } from './vocabulary.js';

/** Where verdicts are kept, and for what they hold. */
export interface VerdictPlace {
  readonly folder: string;
  /** Everything that a verdict depends on: model, llama.cpp, device, type of the keys. */
  readonly depends: readonly string[];
}

export interface SettleOptions {
  /** What the header allows. */
  readonly gate: Capabilities;
  readonly sequence: ProbedSequence;
  readonly vocabulary: Pick<Vocabulary, 'bos' | 'encode'>;
  /** Absent: nothing is remembered, the probe runs every time. */
  readonly place?: VerdictPlace;
  /** The K cache is quantised: a key that is moved is rounded anew, and differs a little for that alone. */
  readonly coarseKeys: boolean;
  /** For tests: probe the shift though the header forbids it, which ends the process. */
  readonly ignoreGate?: boolean;
  readonly log: RuntimeOptions['log'];
}

/** Most nats by which a cache may differ after what was done to it: a thousand times what F16 keys show. */
const MOST_DIFFERENCE = 1e-3;
/** The same for quantised keys after their first move, which show 2e-3. */
const MOST_COARSE_DIFFERENCE = 1e-2;

/** Another one when what is tried, or how it is judged, changes: what an older Endless found is then tried again. */
const TRIAL = 'trial 2';

const DIED = 'trying it out ended the engine process';
/** So many ends are the model's doing. A single one may be a power cut, or a kill by the system. */
const DEATHS_THAT_SETTLE = 2;

/**
 * What the header allows, tried out on the real cache. llama.cpp may end the process in the middle: a note on disk says
 * what was being tried, and the start that finds it does with what is left. The start after that tries once more; what
 * ends twice is not tried again.
 */
export async function settleCapabilities(options: SettleOptions): Promise<Capabilities> {
  const { gate, place } = options;
  const tryShift = gate.shift || options.ignoreGate === true;
  const note =
    place === undefined
      ? undefined
      : verdictNote(place.folder, [...place.depends, TRIAL, tryShift ? 'shift' : 'roll-back only']);
  const found = note?.read();
  if (found?.state === 'settled' && !isWorthAnotherTrial(found)) return combine(gate, found.verdict);
  if (found?.state === 'probing') {
    const verdict = afterDeath(found);
    await note?.write({ state: 'settled', verdict, deaths: found.deaths + 1 });
    return combine(gate, verdict);
  }
  const { verdict, failed } = await tryOutNoted(options, tryShift, note, found?.deaths ?? 0);
  if (!failed) await note?.write({ state: 'settled', verdict, deaths: 0 });
  // A trial that could not be made, on a GPU whose memory another program held say, has settled nothing.
  else if (found === undefined) note?.forget();
  else await note?.write(found);
  return combine(gate, verdict);
}

const isWorthAnotherTrial = ({ deaths }: Verdicts): boolean => deaths > 0 && deaths < DEATHS_THAT_SETTLE;

function combine(gate: Capabilities, verdict: Verdict): Capabilities {
  const reason = gate.reason ?? verdict.reason;
  return {
    shift: verdict.shift,
    rollBack: verdict.rollBack,
    learnedSinks: gate.learnedSinks,
    ...(reason === undefined ? {} : { reason }),
  };
}

const afterDeath = (found: Verdicts & { readonly state: 'probing' }): Verdict => ({
  shift: false,
  rollBack: found.stage === 'shift' && found.rollBack,
  reason: DIED,
});

interface Trial {
  readonly verdict: Verdict;
  /** It could not be made to its end; the verdict is for this start alone. */
  readonly failed: boolean;
}

function tryOutNoted(
  options: SettleOptions,
  tryShift: boolean,
  note: VerdictNote | undefined,
  deaths: number,
): Promise<Trial> {
  const run = (): Promise<Trial> => tryOut(options, tryShift, note, deaths);
  return note === undefined ? run() : note.during(run);
}

async function tryOut(
  options: SettleOptions,
  tryShift: boolean,
  note: VerdictNote | undefined,
  deaths: number,
): Promise<Trial> {
  const tokens = sampleTokens(options.vocabulary);
  const start = performance.now();
  try {
    await note?.write({ state: 'probing', stage: 'rollBack', rollBack: false, deaths });
    const rollBack = await probeRollBack(options.sequence, tokens);
    const canRollBack = rollBack <= MOST_DIFFERENCE;
    if (!tryShift) {
      const spent = Math.round(performance.now() - start);
      options.log('info', `The cache after a roll-back: KL ${rollBack.toExponential(1)} (${spent} ms)`);
      return { verdict: { shift: false, rollBack: canRollBack }, failed: false };
    }
    await note?.write({ state: 'probing', stage: 'shift', rollBack: canRollBack, deaths });
    const { moved, blocks } = await probeShift(options.sequence, tokens);
    options.log(
      'info',
      `The cache after a roll-back, a move, an eviction in blocks: KL ${[rollBack, moved, blocks].map((kl) => kl.toExponential(1)).join(', ')} (${Math.round(performance.now() - start)} ms)`,
    );
    const reason = whyNot(moved, blocks, options.coarseKeys ? MOST_COARSE_DIFFERENCE : MOST_DIFFERENCE);
    const verdict = { shift: reason === undefined, rollBack: canRollBack, ...(reason === undefined ? {} : { reason }) };
    return { verdict, failed: false };
  } catch (error) {
    const verdict = { shift: false, rollBack: false, reason: `trying it out failed (${messageOf(error)})` };
    return { verdict, failed: true };
  }
}

/** NaN is no small difference, so the comparisons are the other way round. */
function whyNot(moved: number, blocks: number, mostMoved: number): string | undefined {
  if (moved === Infinity) return 'llama.cpp evaluates its whole window again whenever something is erased';
  if (!(moved <= mostMoved))
    return `moving what it has read changes what it says (by ${moved.toPrecision(2)} nats in a trial)`;
  if (!(blocks <= MOST_DIFFERENCE))
    return `its cache gets worse at every shift (by ${blocks.toPrecision(2)} nats after a few)`;
  return undefined;
}

/** What the trial reads: prose and code, so that a trained model has something to say about it. */
const SAMPLE = `The window holds what the model can still see. When it is full, the oldest part leaves, and what comes
later moves down.

export function oldest(spans: readonly Span[], count: number): Span[] {
  const order = [...spans].sort((a, b) => a.start - b.start);
  return order.filter((span) => !span.pinned).slice(0, count);
}
`;

function sampleTokens(vocabulary: SettleOptions['vocabulary']): number[] {
  const { bos } = vocabulary;
  const start = bos === undefined ? [] : [bos];
  const text = vocabulary.encode(SAMPLE);
  if (text.length === 0) throw new Error('the model has no tokens for plain text');
  const tokens = [...start];
  while (tokens.length < PROBE_TOKENS) tokens.push(...text);
  return tokens.slice(0, PROBE_TOKENS);
}
