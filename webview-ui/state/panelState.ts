import type { EngineState, EventId, EventView, SpanView, WindowView } from '../../inference/views.js';
import type { Settled, ToPanel } from '../messages.js';
import { uncovered, withComposed, withoutAsked, type ComposerState } from './composerState.js';
import { found, opened, stepped, typed, type Find } from './find.js';
import { inspect, inWindow, withSpanText, type Inspection } from './inspection.js';
import { EMPTY_TRANSCRIPT, findEvent, trimmed, withEvent, withPage, type Transcript } from './transcript.js';

/** The reply that is being written; its text grows here and not in the transcript, which stays still meanwhile. */
export interface Writing {
  readonly replyId: EventId;
  readonly text: string;
}

/** Everything that the panel shows. Nothing of it is truth: the host can send it all again. */
export interface PanelState extends ComposerState {
  readonly engine: EngineState;
  readonly window: WindowView | undefined;
  readonly transcript: Transcript;
  /** Whether the first page has come: before, an empty transcript means nothing. */
  readonly loaded: boolean;
  readonly loadingPage: boolean;
  readonly writing: Writing | undefined;
  readonly notice: string | undefined;
  /** Whether the workspace may take part in the session. */
  readonly trusted: boolean;
  /** The text whose tokens were counted last. */
  readonly counted: { readonly text: string; readonly tokens: number } | undefined;
  /** The text that the host or the person wants sent. It is while it stands in the composer as it was, and never another one. */
  readonly sendWish: string | undefined;
  /** A question that was sent and has not come back as an event yet. */
  readonly pending: string | undefined;
  /** A question that is in the journal and whose reply has not begun: the model is reading. */
  readonly unanswered: EventId | undefined;
  /** Events whose recall was asked for and has not come yet. */
  readonly recalling: ReadonlySet<EventId>;
  /** Pins whose taking off was asked for and has not come yet. */
  readonly unpinning: ReadonlySet<EventId>;
  readonly pinsOpen: boolean;
  /** The span whose text is shown under the map. */
  readonly inspection: Inspection | undefined;
  /** Counts the wishes to put the cursor into the composer, so that each is a change. */
  readonly focusWishes: number;
  /** The find bar, while it is open. */
  readonly find: Find | undefined;
  /** The event that the host wants shown. */
  readonly revealWish: { readonly eventId: EventId } | undefined;
}

/** What happens inside the panel. */
export type PanelAction =
  | { readonly type: 'typed'; readonly draft: string }
  /** With the text as it was sent: the draft and what was attached. */
  | { readonly type: 'asked'; readonly text: string }
  /** An earlier question is to be changed and asked once more; what stands in the composer comes back afterwards. */
  | { readonly type: 'askedAgain'; readonly text: string }
  /** The person wants the draft sent, whose cost is not known yet. */
  | { readonly type: 'sendWished' }
  /** What was to be sent cannot be: it is left to the person. */
  | { readonly type: 'sendWishGivenUp' }
  | { readonly type: 'detached'; readonly index: number }
  | { readonly type: 'askWithdrawn' }
  | { readonly type: 'pageAsked' }
  | { readonly type: 'recallAsked'; readonly eventId: EventId }
  | { readonly type: 'unpinAsked'; readonly eventId: EventId }
  | { readonly type: 'pinsToggled'; readonly open: boolean }
  | { readonly type: 'spanInspected'; readonly span: SpanView }
  | { readonly type: 'inspectionClosed' }
  | { readonly type: 'noticeClosed' }
  | { readonly type: 'focusWished' }
  | { readonly type: 'findWished' }
  | { readonly type: 'findTyped'; readonly text: string }
  | { readonly type: 'findStepped'; readonly by: 1 | -1 }
  | { readonly type: 'findClosed' }
  /** The person is at the bottom and far more is loaded than they need. */
  | { readonly type: 'overgrown' };

/** More loaded events than this are trimmed to `KEPT_EVENTS` while the person is at the bottom. */
export const MOST_EVENTS = 5000;
const KEPT_EVENTS = 2000;

export function initialState({ draft, attachments, setAside }: ComposerState): PanelState {
  return {
    engine: { phase: 'starting', detail: '' },
    window: undefined,
    transcript: EMPTY_TRANSCRIPT,
    loaded: false,
    loadingPage: false,
    writing: undefined,
    notice: undefined,
    trusted: true,
    draft,
    attachments,
    setAside,
    counted: undefined,
    sendWish: undefined,
    pending: undefined,
    unanswered: undefined,
    recalling: new Set(),
    unpinning: new Set(),
    pinsOpen: false,
    inspection: undefined,
    focusWishes: 0,
    find: undefined,
    revealWish: undefined,
  };
}

export function reduce(state: PanelState, message: ToPanel | PanelAction): PanelState {
  switch (message.type) {
    case 'state':
      return withEngine(state, message.state);
    case 'window':
      return {
        ...state,
        window: message.window,
        inspection: state.inspection && inWindow(state.inspection, message.window),
      };
    case 'page':
      return withPageOf(state, message);
    case 'event':
      return withNewEvent(state, message.event);
    case 'delta':
      return withDelta(state, message.replyId, message.text);
    case 'notice':
      // What was asked may be on its way all the same, unless the notice says so.
      return { ...(message.settles ? withSettled(state, message.settles) : state), notice: message.message };
    case 'trust':
      return { ...state, trusted: message.trusted };
    case 'focus':
    case 'focusWished':
      return { ...state, focusWishes: state.focusWishes + 1 };
    case 'find':
    case 'findWished':
      return { ...state, find: opened(state.find) };
    case 'found':
      return state.find ? { ...state, find: found(state.find, message) } : state;
    case 'findTyped':
      return state.find ? { ...state, find: typed(state.find, message.text) } : state;
    case 'findStepped':
      return state.find ? { ...state, find: stepped(state.find, message.by) } : state;
    case 'findClosed':
      return { ...state, find: undefined };
    case 'reveal':
      return { ...state, revealWish: { eventId: message.eventId } };
    case 'typed':
      return { ...state, ...uncovered({ ...state, draft: message.draft }), sendWish: undefined };
    case 'sendWished':
      return { ...state, sendWish: state.draft };
    case 'sendWishGivenUp':
      return { ...state, sendWish: undefined };
    case 'asked':
      return { ...state, pending: message.text, notice: undefined, sendWish: undefined };
    case 'compose':
      return {
        ...state,
        ...withComposed(state, message.text, message.send),
        focusWishes: state.focusWishes + 1,
        sendWish: message.send ? message.text : undefined,
      };
    case 'askedAgain':
      return {
        ...state,
        ...withComposed(state, message.text, true),
        focusWishes: state.focusWishes + 1,
        sendWish: undefined,
      };
    case 'attached':
      return { ...state, attachments: [...state.attachments, message.attachment], focusWishes: state.focusWishes + 1 };
    case 'detached': {
      const attachments = state.attachments.filter((_, index) => index !== message.index);
      return { ...state, ...uncovered({ ...state, attachments }) };
    }
    case 'counted':
      return { ...state, counted: { text: message.text, tokens: message.tokens } };
    case 'askWithdrawn':
      return withSettled(state, 'question');
    case 'pageAsked':
      return { ...state, loadingPage: true };
    case 'recallAsked':
      return { ...state, recalling: new Set([...state.recalling, message.eventId]) };
    case 'unpinAsked':
      return { ...state, unpinning: new Set([...state.unpinning, message.eventId]) };
    case 'pinsToggled':
      return { ...state, pinsOpen: message.open };
    case 'spanInspected':
      return { ...state, inspection: inspect(message.span) };
    case 'inspectionClosed':
      return { ...state, inspection: undefined };
    case 'spanText':
      return state.inspection ? { ...state, inspection: withSpanText(state.inspection, message) } : state;
    case 'noticeClosed':
      return { ...state, notice: undefined };
    case 'overgrown':
      return { ...state, transcript: trimmed(state.transcript, KEPT_EVENTS) };
  }
}

function withEngine(state: PanelState, engine: EngineState): PanelState {
  switch (engine.phase) {
    case 'answering':
      return withReplyStub({ ...state, engine }, engine.replyId);
    case 'restarting':
    case 'failed':
      // The engine marks the reply as interrupted once it is back; until then the text that came must not be lost.
      return { ...cutOff(withSettled(state, 'question', 'recall', 'unpin')), engine, inspection: undefined };
    case 'starting':
      // A new engine gives its spans new numbers, and knows of no recall. A question may be waiting for it.
      return { ...withSettled(state, 'recall', 'unpin'), engine, inspection: undefined };
    case 'ready':
      return { ...state, engine };
  }
}

function withPageOf(state: PanelState, page: Extract<ToPanel, { readonly type: 'page' }>): PanelState {
  const next = { ...state, transcript: withPage(state.transcript, page), loaded: true, loadingPage: false };
  // An older page says nothing of how things stand.
  if (page.before !== undefined) return next;
  return withWriting({ ...next, unanswered: page.unanswered }, page.events.at(-1));
}

/** The row of a reply whose event has not come yet, so that the answer has a place from its first moment. */
function withReplyStub(state: PanelState, replyId: EventId): PanelState {
  if (state.writing?.replyId === replyId || findEvent(state.transcript, replyId)) return state;
  const at = state.transcript.events.at(-1)?.at ?? 0;
  const stub: EventView = { id: replyId, kind: 'reply', title: '', text: '', at, state: 'streaming' };
  return {
    ...state,
    transcript: withEvent(state.transcript, stub),
    writing: { replyId, text: '' },
    unanswered: undefined,
  };
}

function withDelta(state: PanelState, replyId: EventId, text: string): PanelState {
  const known = findEvent(state.transcript, replyId);
  // A delta that was on its way when the reply ended has nothing to add.
  if (known && known.state !== 'streaming') return state;
  const ready = withReplyStub(state, replyId);
  const before = ready.writing?.replyId === replyId ? ready.writing.text : (known?.text ?? '');
  return { ...ready, writing: { replyId, text: before + text } };
}

function withNewEvent(state: PanelState, event: EventView): PanelState {
  const next = withWriting({ ...state, transcript: withEvent(state.transcript, event), loaded: true }, event);
  if (event.kind === 'recall' || event.kind === 'unpin') return withSettled(next, event.kind);
  if (event.kind !== 'message') return next;
  const text = event.text.trim();
  return {
    ...next,
    ...withoutAsked(state, text),
    pending: state.pending === text ? undefined : state.pending,
    unanswered: event.id,
  };
}

/** Of what was asked of the engine, this is not on its way any more. */
function withSettled(state: PanelState, ...what: readonly Settled[]): PanelState {
  return {
    ...state,
    ...(what.includes('question') ? { pending: undefined, unanswered: undefined } : {}),
    ...(what.includes('recall') ? { recalling: new Set<EventId>() } : {}),
    ...(what.includes('unpin') ? { unpinning: new Set<EventId>() } : {}),
  };
}

/** Follows what the transcript says of the reply that is being written. */
function withWriting(state: PanelState, event: EventView | undefined): PanelState {
  if (event?.kind !== 'reply') return state;
  const next = { ...state, unanswered: undefined };
  const ours = state.writing?.replyId === event.id ? state.writing : undefined;
  if (event.state !== 'streaming') return ours ? { ...next, writing: undefined } : next;
  if (ours && ours.text.length > event.text.length) return next;
  return { ...next, writing: { replyId: event.id, text: event.text } };
}

function cutOff(state: PanelState): PanelState {
  const { writing } = state;
  const reply = writing && findEvent(state.transcript, writing.replyId);
  if (!reply) return state;
  const event: EventView = { ...reply, text: writing.text, state: 'interrupted' };
  return { ...state, transcript: withEvent(state.transcript, event), writing: undefined };
}
