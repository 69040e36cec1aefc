import { t } from '../l10n.js';

/** The model takes in the question: nothing is written yet. */
export function Reading() {
  return (
    <p class="reply-note reading">
      <span class="codicon codicon-loading codicon-modifier-spin" aria-hidden="true" /> {t('Reading…')}
    </p>
  );
}
