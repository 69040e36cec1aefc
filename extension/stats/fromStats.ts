import * as v from 'valibot';
import type { FromStats } from '../../webview-ui/stats/messages.js';

/** Longest text that the page may put on the clipboard. Characters. */
const MAX_TEXT = 100_000;

const schema = v.variant('type', [
  v.object({ type: v.literal('show'), range: v.picklist(['recent', 'all']) }),
  v.object({ type: v.literal('copy'), text: v.pipe(v.string(), v.maxLength(MAX_TEXT)) }),
  v.object({
    type: v.literal('remedy'),
    remedy: v.picklist(['retry', 'chooseModel', 'useBuiltInModel', 'openSettings', 'showLog']),
  }),
]) satisfies v.GenericSchema<FromStats>;

/** The message, if it is one of the page's; undefined for anything else. */
export function parseFromStats(message: unknown): FromStats | undefined {
  const result = v.safeParse(schema, message);
  return result.success ? result.output : undefined;
}
