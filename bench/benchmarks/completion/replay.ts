import type { CompleteParams, CompleteResult, IncomingEvent } from '../../../inference/protocol.js';
import { invitesBlock } from '../../../extension/completion/invitesBlock.js';
import type { CursorContext } from '../../../extension/completion/cursorContext.js';
import { toSuggestion } from '../../../extension/completion/pipeline.js';
import { editLimits, outlineLimits } from '../../../extension/edits/editLimits.js';
import { makeOutlineByLines } from '../../../extension/edits/outline.js';
import { renderEdits } from '../../../extension/edits/renderEdit.js';
import { findSymbolsByIndentation } from '../../../extension/edits/symbols.js';
import { Random } from '../../../test/engine/gguf/random.js';
import { afterStep, blockOf, editsOfStep, type Step } from './recording.js';
import { cursorIn, isWorthCompleting, samplesOf, type Sample } from './samples.js';
import { score, type Score } from './score.js';
import { typeLine, type TypedLine } from './typing.js';

/** Somebody who completes: a model in a session, or the base line. */
export interface Completer {
  readonly name: string;
  /** A file is looked at for the first time. */
  open(event: IncomingEvent): Promise<void>;
  /** An edit has settled. */
  settle(event: IncomingEvent): Promise<void>;
  complete(params: CompleteParams): Promise<CompleteResult>;
}

export interface Asked extends Score {
  readonly kind: Sample['kind'];
  /** By the product's own threshold. */
  readonly shown: boolean;
  readonly evaluated: number;
  readonly milliseconds: number;
}

export interface Outcome {
  readonly name: string;
  /** In the order of the samples, the same for every completer. */
  readonly asked: readonly Asked[];
  readonly typed: readonly TypedLine[];
}

/** What the settings of the extension begin with. */
const MIN_CONFIDENCE = 0.25;
const MAX_TOKENS = 64;
const WINDOW_SHARE = 0.05;

/** Of so many steps a line is typed as a whole, character by character. */
const TYPED_EVERY = 3;

export interface ReplayOptions {
  readonly seed: number;
  /** Of the window, in tokens: by it the extension decides which edits are told in one line. */
  readonly capacity: number;
}

/** Goes through the work: asks for what is to be written, then settles what was really written. */
export async function replay(
  steps: readonly Step[],
  completer: Completer,
  { seed, capacity }: ReplayOptions,
  handleStep: () => void,
): Promise<Outcome> {
  const random = new Random(seed);
  const asked: Asked[] = [];
  const typed: TypedLine[] = [];
  const opened = new Set<string>();
  for (const [index, step] of steps.entries()) {
    if (!opened.has(step.path)) await open(step, completer, capacity);
    opened.add(step.path);
    for (const sample of samplesOf(step, random)) asked.push(await ask(sample, completer));
    if (index % TYPED_EVERY === 0) typed.push(...(await typeOneLine(step, completer, random)));
    for (const edit of editsOfStep(step)) for (const event of eventsOf(edit, capacity)) await completer.settle(event);
    handleStep();
  }
  return { name: completer.name, asked, typed };
}

async function open({ path, before }: Step, completer: Completer, capacity: number): Promise<void> {
  const body = makeOutlineByLines(before, outlineLimits(WINDOW_SHARE, capacity));
  if (body !== '') await completer.open({ kind: 'outline', title: path, text: `${path}\n${body}` });
}

function eventsOf(step: Step, capacity: number): readonly IncomingEvent[] {
  const settlement = { before: step.before, after: afterStep(step), blocks: [blockOf(step)] };
  return renderEdits(step.path, settlement, findSymbolsByIndentation, editLimits(WINDOW_SHARE, capacity)).map(
    ({ title, text }) => ({ kind: 'edit', title, text }),
  );
}

async function ask({ kind, path, context, truth }: Sample, completer: Completer): Promise<Asked> {
  const { text, confidence, evaluated, milliseconds } = await completer.complete(request(path, context));
  const suggestion = toSuggestion(text, context)?.text ?? '';
  return {
    ...score(suggestion, truth),
    kind,
    shown: suggestion !== '' && confidence >= MIN_CONFIDENCE,
    evaluated,
    milliseconds,
  };
}

async function typeOneLine(step: Step, completer: Completer, random: Random): Promise<readonly TypedLine[]> {
  const places = step.added.flatMap((line, index) => (isWorthCompleting(line) ? [index] : []));
  const index = places[Math.floor(random.uniform() * places.length)];
  if (index === undefined) return [];
  const line = (step.added[index] ?? '').trimEnd();
  const indent = line.length - line.trimStart().length;
  const outcome = await typeLine(line, indent, async (length) => {
    const context = cursorIn(step, index, length);
    const { text, confidence, evaluated, milliseconds } = await completer.complete(request(step.path, context));
    const suggestion = confidence >= MIN_CONFIDENCE ? toSuggestion(text, context)?.text : undefined;
    return { text: suggestion ?? '', evaluated, milliseconds };
  });
  return [outcome];
}

/** As the extension asks. */
function request(path: string, context: CursorContext): CompleteParams {
  return { ...context, path, maxTokens: MAX_TOKENS, singleLine: !invitesBlock(context) };
}
