import type { Remedy } from '../../inference/views.js';
import { t } from '../l10n.js';

/** What a button under an error says. */
export function remedyText(remedy: Remedy): string {
  switch (remedy) {
    case 'retry':
      return t('Try Again');
    case 'chooseModel':
      return t('Choose Model…');
    case 'useBuiltInModel':
      return t('Use the Built-in Model');
    case 'openSettings':
      return t('Open Settings');
    case 'showLog':
      return t('Show Log');
  }
}
