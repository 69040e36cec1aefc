import type { HealthView } from '../../inference/views.js';
import { formatTenths } from '../format.js';
import { t } from '../l10n.js';

/** The state of the cache in a word. */
export function healthName({ state }: HealthView): string {
  switch (state) {
    case 'unknown':
      return t('too early to tell');
    case 'good':
      return t('good');
    case 'alarm':
      return t('alarm');
  }
}

/** `1.8 nats per token, usually 1.7`: how much the text surprises the model. */
export function surprisalText({ state, surprisal, baseline }: HealthView): string {
  return state === 'unknown'
    ? t('{0} nats per token', formatTenths(surprisal))
    : t('{0} nats per token, usually {1}', formatTenths(surprisal), formatTenths(baseline));
}
