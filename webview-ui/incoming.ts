import * as v from 'valibot';
import type { ToPanel } from './messages.js';
import { count, engine, event, eventId, window } from './viewSchemas.js';

export const attachment = v.object({ label: v.string(), text: v.string(), tokens: count });

/**
 * The check of everything that comes from the host, at the edge where it comes in: what passes has the shape that the
 * panel was written for, what does not is dropped rather than half drawn.
 */
const toPanel = v.variant('type', [
  v.object({ type: v.literal('state'), state: engine }),
  v.object({ type: v.literal('window'), window }),
  v.object({ type: v.literal('page'), before: v.exactOptional(eventId), events: v.array(event), more: v.boolean() }),
  v.object({ type: v.literal('event'), event }),
  v.object({ type: v.literal('delta'), replyId: eventId, text: v.string() }),
  v.object({
    type: v.literal('notice'),
    message: v.string(),
    settles: v.exactOptional(v.picklist(['question', 'recall', 'unpin'])),
  }),
  v.object({ type: v.literal('trust'), trusted: v.boolean() }),
  v.object({ type: v.literal('focus') }),
  v.object({ type: v.literal('compose'), text: v.string(), send: v.boolean() }),
  v.object({ type: v.literal('attached'), attachment }),
  v.object({ type: v.literal('counted'), text: v.string(), tokens: count }),
  v.object({ type: v.literal('find') }),
  v.object({ type: v.literal('found'), text: v.string(), ids: v.array(eventId), more: v.boolean() }),
  v.object({ type: v.literal('spanText'), spanId: count, text: v.exactOptional(v.string()) }),
  v.object({ type: v.literal('reveal'), eventId }),
]);

/** The message, or undefined if it is none that the panel knows. */
export function parseToPanel(data: unknown): ToPanel | undefined {
  const result = v.safeParse(toPanel, data);
  return result.success ? result.output : undefined;
}
