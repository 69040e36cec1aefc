import { useEffect, useRef } from 'preact/hooks';
import { post } from '../host.js';
import { t } from '../l10n.js';
import { IconButton } from '../shell/iconButton.js';
import type { Find } from '../state/find.js';
import { dispatch, panel } from '../state/store.js';
import { showRow } from './quietRow.js';
import { reveal } from './reveal.js';

/** Milliseconds without typing before the journal is searched. */
const SETTLE = 150;

/** Finds text in the whole transcript, loaded or not; looks and keys like the find widget of an editor. */
export function FindBar() {
  const input = useRef<HTMLInputElement>(null);
  const find = panel.find.value;
  const open = find !== undefined;
  const text = find?.text ?? '';
  const found = find?.ids[find.at];
  useEffect(() => {
    if (open) input.current?.select();
  }, [open, find?.wishes]);
  useEffect(() => {
    if (text === '') return undefined;
    const timer = setTimeout(() => post({ type: 'find', text }), SETTLE);
    return () => clearTimeout(timer);
  }, [text]);
  useEffect(() => {
    if (found === undefined) return;
    showRow(found);
    reveal(found);
  }, [found]);
  if (!find) return null;
  const step = (by: 1 | -1): void => dispatch({ type: 'findStepped', by });
  const close = (): void => {
    dispatch({ type: 'findClosed' });
    dispatch({ type: 'focusWished' });
  };
  return (
    <div
      class="find-bar"
      role="search"
      onKeyDown={(event) => {
        if (event.key === 'Escape') close();
        else if (event.key === 'Enter' && event.target === input.current) step(event.shiftKey ? -1 : 1);
        else return;
        event.preventDefault();
      }}
    >
      <input
        ref={input}
        class="find-text"
        type="text"
        aria-label={t('Find in Conversation')}
        placeholder={t('Find')}
        value={text}
        onInput={(event) => dispatch({ type: 'findTyped', text: event.currentTarget.value })}
      />
      <span class="find-count" role="status">
        {countText(find)}
      </span>
      <IconButton icon="arrow-up" label={t('Older Match')} disabled={find.ids.length === 0} onClick={() => step(1)} />
      <IconButton
        icon="arrow-down"
        label={t('Newer Match')}
        disabled={find.ids.length === 0}
        onClick={() => step(-1)}
      />
      <IconButton icon="close" label={t('Close Find')} onClick={close} />
    </div>
  );
}

function countText({ text, searched, ids, more, at }: Find): string {
  if (text === '' || searched !== text) return '';
  if (ids.length === 0) return t('No results');
  return t('{0} of {1}', at + 1, more ? `${ids.length}+` : ids.length);
}
