import { panel } from '../state/store.js';
import { isReadOnly, readOnlyReason } from './readOnly.js';

/** Another window of VS Code holds the session: there is no window of the model here, only the transcript. */
export function ReadOnlyBanner() {
  if (!isReadOnly(panel.engine.value)) return null;
  return (
    <div class="banner banner-info" role="status">
      <span class="codicon codicon-lock" aria-hidden="true" />
      <p class="banner-body">{readOnlyReason()}</p>
    </div>
  );
}
