import type { EventId, PolicyName } from '../../../inference/views.js';
import type { Settings } from '../../harness/benchmark.js';
import { openEngine } from '../../model/openEngine.js';
import type { HeldoutQuestion, HeldoutSession } from '../../text/heldoutSessions.js';
import { isHonest } from './judge.js';
import { Mentions } from './mentions.js';

export interface AnswersArm {
  readonly name: string;
  readonly model: string;
  readonly policy: PolicyName;
  readonly capacity: number;
  /** Tokens kept for completions, of which there are none here; 0: as many as the extension keeps, a quarter. */
  readonly reserve: number;
  /** How many of the sessions, from the first. */
  readonly sessions: number;
}

/** One question and what became of it. */
export interface Asked {
  /** Which of the sessions, from 0. */
  readonly session: number;
  /** `talk`, or what is asked for. */
  readonly asks: string;
  /** How many files the session had shown when the question was first asked. */
  readonly files: number;
  /** Tokens from the event that answers the question, that event included. Talk has none. */
  readonly tokens?: number;
  /** Whether that event was in the window while the whole reply was written. */
  readonly inWindow: boolean;
  /** Whether it was there when the reply began, and left for the reply's own tokens. */
  readonly leftMeanwhile: boolean;
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

/** An event of the stream that answers questions. */
interface Holder {
  readonly event: EventId;
  /** Tokens of the stream when it came. */
  readonly at: number;
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
  all: readonly HeldoutSession[],
): Promise<Asked[]> {
  const sessions = all.slice(0, arm.sessions);
  const stage = settings.progress.stage(arm.name, sessions.length);
  /** The window at each piece of the reply: room for the question has been made, room for what comes after the reply has not. */
  const atReply: ReadonlySet<EventId>[] = [];
  await using opened = await openEngine({
    model: arm.model,
    maxTokens: 60,
    cache: { policy: arm.policy, capacity: arm.capacity, reserve: arm.reserve },
    handleDelta: () => void atReply.push(inWindow()),
  });
  const { session } = opened.engine;
  const inWindow = (): ReadonlySet<EventId> =>
    new Set(session.windowView().spans.flatMap(({ eventId }) => (eventId === undefined ? [] : [eventId])));
  const mentions = new Mentions();
  const asked: Asked[] = [];
  const later: {
    readonly question: HeldoutQuestion;
    readonly after: number;
    readonly holder: Holder;
    readonly files: number;
  }[] = [];

  const ask = async (
    question: HeldoutQuestion,
    at: {
      readonly session: number;
      readonly holder: Holder | undefined;
      readonly files: number;
      readonly again: boolean;
    },
  ): Promise<Holder> => {
    const { holder, files, again } = at;
    const { asks, subject = '', text, answer } = question;
    const { counters } = session.windowView();
    atReply.length = 0;
    const { message, reply } = await session.ask(text, new AbortController().signal);
    mentions.add(message.id, text);
    mentions.add(reply.id, reply.text);
    const had = (window: ReadonlySet<EventId> = inWindow()): boolean =>
      holder !== undefined && window.has(holder.event);
    const hadToTheEnd = had(atReply.at(-1));
    asked.push({
      session: at.session,
      asks,
      files,
      inWindow: hadToTheEnd,
      leftMeanwhile: had(atReply[0]) && !hadToTheEnd,
      again,
      question: text,
      wanted: answer,
      reply: reply.text,
      right: reply.text === answer,
      honest: isHonest(reply.text, subject),
      evicted: counters.evicted,
      ...(holder === undefined ? {} : { tokens: counters.streamed - holder.at }),
    });
    return { event: message.id, at: counters.streamed };
  };

  for (const [index, { events }] of sessions.entries()) {
    const holders: Holder[] = [];
    const paths = new Set<string>();
    for (const event of events) {
      if (event.kind === 'question') {
        const holder = event.holder === undefined ? undefined : holders[event.holder];
        const files = paths.size;
        holders.push(await ask(event, { session: index, holder, files, again: false }));
        if (event.subject !== undefined && holder !== undefined)
          later.push({ question: event, after: index + LATER, holder, files });
        continue;
      }
      const at = session.windowView().counters.streamed;
      const title = event.text.split('\n', 1)[0] ?? '';
      paths.add(title.split(' › ', 1)[0] ?? '');
      const [id = 0] = session.append([{ kind: event.kind, title, text: event.text }]);
      await session.whenIdle();
      mentions.add(id, event.text);
      holders.push({ event: id, at });
    }
    for (let done = 0; done < AGAIN && (later[0]?.after ?? Infinity) <= index;) {
      const { question, holder, files } = later.shift()!;
      if (mentions.has(question.subject ?? '', inWindow())) continue;
      await ask(question, { session: index, holder, files, again: true });
      done += 1;
    }
    stage.advance(1);
  }
  return asked;
}
