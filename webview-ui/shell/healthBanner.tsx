import { computed } from '@preact/signals';
import { post } from '../host.js';
import { t } from '../l10n.js';
import { panel } from '../state/store.js';
import { surprisalText } from '../stats/healthText.js';

const alarmed = computed(() => panel.window.value?.health?.state === 'alarm');

/** The cache may be damaged: what is known of it, and the remedy. */
export function HealthBanner() {
  if (!alarmed.value) return null;
  // Said with the reading of the moment when it began; the figure under the map follows the later ones.
  const health = panel.window.peek()?.health;
  return (
    <div class="banner banner-warning" role="alert">
      <span class="codicon codicon-warning" aria-hidden="true" />
      <div class="banner-body">
        <p>
          {t(
            'Since the last eviction the text surprises the model far more than before ({0}). Its cache may be damaged. Re-anchoring evaluates the window again; nothing is lost.',
            health ? surprisalText(health) : '',
          )}
        </p>
        <div class="banner-buttons">
          <button type="button" class="button" onClick={() => post({ type: 'reAnchor' })}>
            {t('Re-anchor')}
          </button>
        </div>
      </div>
    </div>
  );
}
