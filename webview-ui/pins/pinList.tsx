import type { WindowView } from '../../inference/views.js';
import { formatCount } from '../format.js';
import { t } from '../l10n.js';
import { reveal } from '../chat/reveal.js';
import { dispatch, panel } from '../state/store.js';
import { pinsOf } from './pins.js';
import { UnpinButton } from './unpinButton.js';

/** What the model always sees, with its cost, and the way to take each pin off. Nothing while nothing is pinned. */
export function PinList({ window }: { readonly window: WindowView }) {
  const { notes, used, budget } = pinsOf(window);
  if (notes.length === 0) return null;
  const open = panel.pinsOpen.value;
  return (
    <details
      class="pins"
      open={open}
      onToggle={({ currentTarget }) => dispatch({ type: 'pinsToggled', open: currentTarget.open })}
    >
      <summary>
        <span class={`codicon codicon-chevron-${open ? 'down' : 'right'}`} aria-hidden="true" />
        {t('Pinned')}
        <span class="pins-cost">{t('{0} of {1} tokens', formatCount(used), formatCount(budget))}</span>
      </summary>
      <ul aria-label={t('Pinned notes')}>
        {notes.map(({ eventId, title, tokens }) => (
          <li key={eventId} class="pin">
            <button type="button" class="pin-title" title={title} onClick={() => reveal(eventId)}>
              {title}
            </button>
            <span class="pin-cost">{t('{0} tokens', formatCount(tokens))}</span>
            <UnpinButton eventId={eventId} title={title} />
          </li>
        ))}
      </ul>
    </details>
  );
}
