import type { EventId } from '../../inference/views.js';
import { post } from '../host.js';
import { t } from '../l10n.js';
import { IconButton } from '../shell/iconButton.js';
import { isReadOnly } from '../shell/readOnly.js';
import { dispatch, panel } from '../state/store.js';

interface UnpinButtonProps {
  readonly eventId: EventId;
  readonly title: string;
}

/** Takes the pin off a note; it can be pinned again, as a new event. */
export function UnpinButton({ eventId, title }: UnpinButtonProps) {
  const engine = panel.engine.value;
  const ready = (engine.phase === 'ready' || engine.phase === 'answering') && !isReadOnly(engine);
  return (
    <IconButton
      icon="pinned"
      class="unpin"
      label={t('Unpin {0}', title)}
      disabled={!ready || panel.unpinning.value.has(eventId)}
      onClick={() => {
        // The button will be gone; who came to it by the keyboard goes on from the head of the list.
        document.activeElement?.closest('details')?.querySelector('summary')?.focus();
        dispatch({ type: 'unpinAsked', eventId });
        post({ type: 'unpin', eventId });
      }}
    />
  );
}
