import type { EventView } from '../../inference/views.js';
import { isMark } from '../state/visibility.js';
import { revealed } from './reveal.js';
import { MarkRow } from './markRow.js';
import { MessageRow } from './messageRow.js';
import { QuietRow } from './quietRow.js';
import { RecallButton } from './recallButton.js';
import { ReplyRow } from './replyRow.js';

interface EventRowProps {
  readonly event: EventView;
  /** Whether the model can see it. */
  readonly visible: boolean;
}

export function EventRow({ event, visible }: EventRowProps) {
  const classes = ['event', `event-${event.kind}`];
  const evicted = !visible && !isMark(event.kind);
  if (evicted) classes.push('out-of-sight');
  if (revealed.value === event.id) classes.push('revealed');
  return (
    <div class={classes.join(' ')}>
      {body(event)}
      {evicted && <RecallButton event={event} />}
    </div>
  );
}

function body(event: EventView) {
  switch (event.kind) {
    case 'message':
      return <MessageRow event={event} />;
    case 'reply':
      return <ReplyRow event={event} />;
    case 'reset':
    case 'undoReset':
    case 'unpin':
      return <MarkRow event={event} />;
    case 'system':
    case 'memory':
    case 'edit':
    case 'outline':
    case 'recall':
      return <QuietRow event={event} />;
  }
}
