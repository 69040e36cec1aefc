import { post } from '../host.js';
import { t } from '../l10n.js';
import { panel } from '../state/store.js';

/** The workspace is not trusted: what works all the same, what does not, and the way to change it. */
export function TrustBanner() {
  if (panel.trusted.value) return null;
  return (
    <div class="banner banner-info" role="status">
      <span class="codicon codicon-shield" aria-hidden="true" />
      <div class="banner-body">
        <p>
          {t(
            'This workspace is not trusted: none of its files or edits enter the session, and no completions are offered. The chat works.',
          )}
        </p>
        <div class="banner-buttons">
          <button type="button" class="button button-secondary" onClick={() => post({ type: 'manageTrust' })}>
            {t('Manage Workspace Trust')}
          </button>
        </div>
      </div>
    </div>
  );
}
