import { signal } from '@preact/signals';
import type { EventId, EventKind, EventView, Mark } from '../../inference/views.js';
import { formatTime } from '../format.js';
import { t } from '../l10n.js';
import { diffLines, diffSize } from './diffLines.js';
import { DiffView } from './diffView.js';
import { placeOf } from './place.js';
import { transcriptList } from './transcriptList.js';
import { rowKey } from './transcriptRows.js';

type QuietKind = Exclude<EventKind, 'message' | 'reply' | Mark>;

const ICONS: Readonly<Record<QuietKind, string>> = {
  system: 'pinned',
  memory: 'pinned',
  edit: 'edit',
  outline: 'symbol-structure',
  recall: 'history',
};

/** Rows that were opened stay open while they are scrolled out of the document. */
const open = signal<ReadonlySet<EventId>>(new Set());

function toggle(id: EventId): void {
  const next = new Set(open.value);
  if (!next.delete(id)) next.add(id);
  transcriptList.hold(rowKey(id));
  open.value = next;
}

/** Opens the row of an event, so that its text can be seen. */
export function showRow(id: EventId): void {
  if (!open.peek().has(id)) open.value = new Set([...open.peek(), id]);
}

/** What enters the stream beside the talk: one line, and its text on demand. */
export function QuietRow({ event }: { readonly event: EventView }) {
  const kind = event.kind as QuietKind;
  const opened = open.value.has(event.id);
  return (
    <div class="quiet">
      <button
        type="button"
        class="quiet-line"
        aria-expanded={opened}
        title={`${event.title}\n${formatTime(event.at, Date.now())}`}
        onClick={() => toggle(event.id)}
      >
        <span class={`codicon codicon-chevron-${opened ? 'down' : 'right'} quiet-chevron`} aria-hidden="true" />
        <span class={`codicon codicon-${ICONS[kind]}`} aria-hidden="true" />
        <QuietTitle event={event} kind={kind} />
      </button>
      {opened && (event.kind === 'edit' ? <DiffView text={event.text} /> : <pre class="quiet-text">{event.text}</pre>)}
    </div>
  );
}

function QuietTitle({ event, kind }: { readonly event: EventView; readonly kind: QuietKind }) {
  switch (kind) {
    case 'system':
      return <span class="quiet-name">{t('Instructions')}</span>;
    case 'memory':
      return <span class="quiet-name">{t('Memory: {0}', event.title)}</span>;
    case 'recall':
      return <span class="quiet-name">{t('Recalled: {0}', event.title)}</span>;
    case 'outline':
      return <Place title={event.title} word={t('Outline')} />;
    case 'edit': {
      const { added, removed } = diffSize(diffLines(event.text));
      return (
        <>
          <Place title={event.title} word={t('Edit')} />
          <span class="quiet-size">
            <span class="added">+{added}</span> <span class="removed">−{removed}</span>
          </span>
        </>
      );
    }
  }
}

function Place({ title, word }: { readonly title: string; readonly word: string }) {
  const { name, rest } = placeOf(title);
  return (
    <>
      <span class="visually-hidden">{word} </span>
      <span class="quiet-name">{name}</span>
      <span class="quiet-rest">{rest}</span>
    </>
  );
}
