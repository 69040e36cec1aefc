import * as v from 'valibot';
import type { ErrorCode, EventKind, EventState, HealthView, PolicyName, Remedy, SpanKind } from '../inference/views.js';

/** The shapes of what the engine shows of itself, for the check of what a page receives. */
export const count = v.pipe(v.number(), v.minValue(0));
export const eventId = v.pipe(v.number(), v.integer());

/** A check that can forget none: the compiler wants every member of the union. */
function anyOf<Name extends string>(names: Readonly<Record<Name, true>>): v.PicklistSchema<Name[], undefined> {
  return v.picklist(Object.keys(names) as Name[]);
}

const spanAndEventKinds = {
  system: true,
  memory: true,
  message: true,
  reply: true,
  edit: true,
  outline: true,
  recall: true,
} as const;

export const spanKinds = { ...spanAndEventKinds, sink: true, branch: true } as const satisfies Record<SpanKind, true>;

export const event = v.object({
  id: eventId,
  kind: anyOf<EventKind>({ ...spanAndEventKinds, reset: true, undoReset: true, unpin: true }),
  title: v.string(),
  text: v.string(),
  at: v.number(),
  state: anyOf<EventState>({ complete: true, streaming: true, interrupted: true }),
});

const span = v.object({
  id: v.number(),
  kind: anyOf<SpanKind>(spanKinds),
  eventId: v.exactOptional(eventId),
  title: v.string(),
  start: count,
  length: count,
  pinned: v.boolean(),
  at: v.number(),
});

export const window = v.object({
  capacity: count,
  reserve: count,
  pinnedBudget: count,
  used: count,
  spans: v.array(span),
  horizon: v.exactOptional(eventId),
  policy: anyOf<PolicyName>({ sink: true, window: true, recompute: true, dense: true }),
  counters: v.object({
    streamed: count,
    generated: count,
    evaluated: count,
    branched: count,
    reEvaluated: count,
    evicted: count,
    moved: count,
    evictions: count,
    resets: count,
    prefillMs: count,
    decodeMs: count,
    shiftMs: count,
  }),
  speed: v.object({
    tokensPerSecond: count,
    timeToFirstToken: count,
    tokenLatency: v.exactOptional(v.object({ median: count, p95: count, worst: count })),
  }),
  health: v.exactOptional(
    v.object({
      state: anyOf<HealthView['state']>({ unknown: true, good: true, alarm: true }),
      surprisal: count,
      baseline: count,
    }),
  ),
});

const model = v.object({
  name: v.string(),
  file: v.string(),
  architecture: v.string(),
  parameters: count,
  bytes: count,
  trainedContext: count,
  builtIn: v.boolean(),
  sinkMode: v.picklist(['trained', 'initial', 'none']),
  sinks: count,
  policyReason: v.exactOptional(v.string()),
  fim: v.boolean(),
  readOnly: v.exactOptional(v.literal(true)),
  device: v.object({
    backend: v.picklist(['cpu', 'cuda', 'vulkan', 'metal']),
    name: v.string(),
    threads: count,
    vram: v.exactOptional(count),
    memory: v.exactOptional(count),
  }),
});

const error = v.object({
  // Not used here, and a code that is new must not hide its message.
  code: v.custom<ErrorCode>((code) => typeof code === 'string'),
  message: v.string(),
  remedies: v.array(
    anyOf<Remedy>({ retry: true, chooseModel: true, useBuiltInModel: true, openSettings: true, showLog: true }),
  ),
});

export const engine = v.variant('phase', [
  v.object({ phase: v.literal('starting'), detail: v.string() }),
  v.object({ phase: v.literal('ready'), model }),
  v.object({ phase: v.literal('answering'), model, replyId: eventId }),
  v.object({ phase: v.literal('restarting'), attempt: count, error }),
  v.object({ phase: v.literal('failed'), error }),
]);
