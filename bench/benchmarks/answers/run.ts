import type { EventId } from '../../../inference/views.js';
import type { Settings } from '../../harness/benchmark.js';
import { openEngine } from '../../model/openEngine.js';
import type { HeldoutQuestion, HeldoutSession } from '../../text/heldoutSessions.js';
import { isHonest } from './judge.js';
import { ShownEvents } from './shown.js';

export interface AnswersArm {
  readonly name: string;
  readonly model: string;
  readonly capacity: number;
}

/** One question and what became of it. */
export interface Asked {
  /** `talk`, or what is asked for. */
  readonly asks: string;
  /** Tokens from the last event that holds the answer to the question, that event included. Talk has none. */
  readonly tokens?: number;
  /** Whether that event was in the window, and still was when the reply was done: a question needs room, too. */
  readonly inWindow: boolean;
  /** Asked once more, when the answer had left and nothing in the window spoke of what is asked about. */
  readonly again: boolean;
  readonly question: string;
  readonly wanted: string;
  readonly reply: string;
  /** Every character of the reply is as wanted. */
  readonly right: boolean;
  /** The reply says that it cannot see what is asked about. */
  readonly honest: boolean;
  /** Evicted tokens before the question. */
  readonly evicted: number;
}

/** Sessions after which a question is asked again, if its answer has left the window. */
const LATER = 3;

/** Questions asked again after a session: so few that the stream stays what people have. */
const AGAIN = 2;

/**
 * All sessions, one after another, in one never-reset session of the engine. The model's own replies stay in the stream.
 * Questions about something that has a name are asked once more when nothing in the window speaks of it.
 */
export async function runAnswers(
  settings: Settings,
  arm: AnswersArm,
  sessions: readonly HeldoutSession[],
): Promise<Asked[]> {
  const stage = settings.progress.stage(arm.name, sessions.length);
  await using opened = await openEngine({ model: arm.model, maxTokens: 60, cache: { capacity: arm.capacity } });
  const { session } = opened.engine;
  const shown = new ShownEvents();
  const asked: Asked[] = [];
  const later: { readonly question: HeldoutQuestion; readonly after: number }[] = [];
  const inWindow = (): ReadonlySet<EventId> =>
    new Set(session.windowView().spans.flatMap(({ eventId }) => (eventId === undefined ? [] : [eventId])));
  const streamed = (): number => session.windowView().counters.streamed;

  const ask = async (question: HeldoutQuestion, again: boolean): Promise<void> => {
    const { asks, fact, subject = '', text, answer } = question;
    const { counters } = session.windowView();
    const holder = fact === undefined ? undefined : shown.lastWith(fact, subject);
    const before = inWindow();
    const { message, reply } = await session.ask(text, new AbortController().signal);
    shown.add(message.id, text, counters.streamed);
    shown.add(reply.id, reply.text, counters.streamed);
    const after = inWindow();
    asked.push({
      asks,
      inWindow: holder !== undefined && before.has(holder.event) && after.has(holder.event),
      again,
      question: text,
      wanted: answer,
      reply: reply.text,
      right: reply.text === answer,
      honest: isHonest(reply.text),
      evicted: counters.evicted,
      ...(holder === undefined ? {} : { tokens: counters.streamed - holder.at }),
    });
  };

  for (const [index, { events }] of sessions.entries()) {
    for (const event of events) {
      if (event.kind === 'question') {
        await ask(event, false);
        if (event.subject !== undefined) later.push({ question: event, after: index + LATER });
        continue;
      }
      const at = streamed();
      const title = event.text.split('\n', 1)[0] ?? '';
      const [id = 0] = session.append([{ kind: event.kind, title, text: event.text }]);
      await session.whenIdle();
      shown.add(id, event.text, at);
    }
    for (let done = 0; done < AGAIN && (later[0]?.after ?? Infinity) <= index;) {
      const { question } = later.shift()!;
      const { subject = '', fact = '' } = question;
      const window = inWindow();
      if (shown.isMentioned(subject, window) || shown.isMentioned(fact, window)) continue;
      await ask(question, true);
      done += 1;
    }
    stage.advance(1);
  }
  return asked;
}
