import type { SpanKind } from '../../inference/views.js';
import { t } from '../l10n.js';

/** In the order of the window, then of the legend. */
export const SPAN_KINDS: readonly SpanKind[] = [
  'sink',
  'system',
  'memory',
  'outline',
  'edit',
  'message',
  'reply',
  'recall',
  'branch',
];

/** The word for a kind of span, as the legend and the labels say it. */
export function kindName(kind: SpanKind): string {
  switch (kind) {
    case 'sink':
      return t('sink');
    case 'system':
      return t('system');
    case 'memory':
      return t('memory');
    case 'message':
      return t('message');
    case 'reply':
      return t('reply');
    case 'edit':
      return t('edit');
    case 'outline':
      return t('outline');
    case 'recall':
      return t('recall');
    case 'branch':
      return t('branch');
  }
}
