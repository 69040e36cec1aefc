import type { EventKind, EventView } from '../../inference/views.js';

/** The words between the events; in the language of the editor. */
export interface TranscriptTexts {
  readonly title: string;
  readonly kinds: Readonly<Record<EventKind, string>>;
  readonly interrupted: string;
  time(at: number): string;
}

/** The stream as Markdown, oldest first. */
export function transcriptMarkdown(events: readonly EventView[], texts: TranscriptTexts): string {
  return `${[`# ${texts.title}`, ...events.map((event) => section(event, texts))].join('\n\n')}\n`;
}

function section(event: EventView, texts: TranscriptTexts): string {
  const head = `## ${texts.kinds[event.kind]} · ${texts.time(event.at)}`;
  const note = event.state === 'interrupted' ? [`*${texts.interrupted}*`] : [];
  return [head, ...body(event), ...note].join('\n\n');
}

function body({ kind, title, text, state }: EventView): string[] {
  switch (kind) {
    case 'reset':
    case 'undoReset':
      return [];
    case 'unpin':
      return [quoted(title)];
    case 'reply':
      return [state === 'interrupted' ? withClosedFence(text) : text];
    case 'message':
      return [quoted(text)];
    case 'edit':
      return [`\`${title}\``, fenced(text, 'diff')];
    case 'system':
    case 'memory':
    case 'outline':
    case 'recall':
      return [fenced(text, '')];
  }
}

/** What a person typed is no Markdown of ours: as a quotation its headings stay inside it. */
function quoted(text: string): string {
  return text
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');
}

/** An answer may have been stopped in the midst of a block of code, which would go on over all that follows. */
function withClosedFence(text: string): string {
  let open: string | undefined;
  for (const line of text.split('\n')) {
    const [, fence, rest = ''] = /^\s*(?:[-*+] +|\d+[.)] +)?(`{3,}(?!.*`)|~{3,})(.*)$/.exec(line) ?? [];
    if (fence === undefined) continue;
    if (open === undefined) open = fence;
    else if (fence.startsWith(open) && rest.trim() === '') open = undefined;
  }
  return open === undefined ? text : `${text}\n${open}`;
}

/** A fence longer than any in the text. */
function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}
