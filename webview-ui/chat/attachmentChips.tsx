import { formatCount } from '../format.js';
import { t } from '../l10n.js';
import { IconButton } from '../shell/iconButton.js';
import { dispatch, panel } from '../state/store.js';

/** What goes with the question, and what it costs. */
export function AttachmentChips() {
  const attachments = panel.attachments.value;
  if (attachments.length === 0) return null;
  return (
    <ul class="chips" aria-label={t('Attachments')}>
      {attachments.map(({ label, tokens }, index) => (
        <li key={`${index}-${label}`} class="chip" title={t('{0}, {1} tokens', label, formatCount(tokens))}>
          <span class="chip-label">{label}</span>
          <span class="chip-cost">{t('{0} tokens', formatCount(tokens))}</span>
          <IconButton
            icon="close"
            label={t('Remove {0}', label)}
            onClick={() => {
              dispatch({ type: 'detached', index });
              // The button that had the focus is gone.
              dispatch({ type: 'focusWished' });
            }}
          />
        </li>
      ))}
    </ul>
  );
}
