import type { SpanView, WindowView } from '../../inference/views.js';
import type { Attachment } from '../messages.js';

/** The question as it is sent: what was typed, then what was attached. Trimmed, as the event is that it comes back in. */
export function composed(draft: string, attachments: readonly Attachment[]): string {
  const parts = [draft.trim(), ...attachments.map(({ text }) => text)];
  return parts
    .filter((part) => part !== '')
    .join('\n\n')
    .trim();
}

/** What a text would do to the window. */
export interface Impact {
  /** Whether the window could hold it at all. */
  readonly fits: boolean;
  /** Tokens that such a text may have at most. */
  readonly most: number;
  /** Events that would leave. */
  readonly events: number;
  /** Their tokens. */
  readonly evicted: number;
  /** The newest of them. */
  readonly last?: SpanView;
}

/** What would be pushed out of the window, oldest first, for a text of so many tokens. */
export function impactOf(window: WindowView, tokens: number): Impact {
  const room = window.capacity - window.reserve;
  const branch = window.spans.find(({ kind }) => kind === 'branch')?.length ?? 0;
  const stays = window.spans.filter(({ pinned, kind }) => pinned || kind === 'sink');
  const most = room - stays.reduce((sum, { length }) => sum + length, 0);
  let due = window.used - branch + tokens - room;
  let events = 0;
  let evicted = 0;
  let last: SpanView | undefined;
  for (const span of window.spans) {
    if (due <= 0) break;
    if (span.pinned || span.kind === 'sink' || span.kind === 'branch') continue;
    events++;
    evicted += span.length;
    due -= span.length;
    last = span;
  }
  return { fits: tokens <= most, most, events, evicted, ...(last ? { last } : {}) };
}
