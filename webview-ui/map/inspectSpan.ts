import type { SpanView } from '../../inference/views.js';
import { reveal } from '../chat/reveal.js';
import { announce } from '../shell/announcer.js';
import { dispatch } from '../state/store.js';
import { spanLabel } from './spanLabel.js';

/** Shows the text of a span under the map, and its event in the transcript. */
export function inspectSpan(span: SpanView): void {
  dispatch({ type: 'spanInspected', span });
  announce(spanLabel(span));
  if (span.eventId !== undefined) reveal(span.eventId);
}
