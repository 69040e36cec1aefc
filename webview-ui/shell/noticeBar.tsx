import { t } from '../l10n.js';
import { dispatch, panel } from '../state/store.js';
import { IconButton } from './iconButton.js';

export function NoticeBar() {
  const notice = panel.notice.value;
  if (notice === undefined) return null;
  return (
    <div class="banner banner-info" role="status">
      <span class="codicon codicon-info" aria-hidden="true" />
      <p class="banner-body">{notice}</p>
      <IconButton icon="close" label={t('Dismiss')} onClick={() => dispatch({ type: 'noticeClosed' })} />
    </div>
  );
}
