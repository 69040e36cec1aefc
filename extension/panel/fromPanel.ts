import * as v from 'valibot';
import { MAX_TEXT, SLASH_COMMANDS, type FromPanel } from '../../webview-ui/messages.js';

const text = v.pipe(v.string(), v.maxLength(MAX_TEXT));
const eventId = v.pipe(v.number(), v.integer(), v.minValue(1));

const schema = v.variant('type', [
  v.object({ type: v.literal('ready') }),
  v.object({ type: v.literal('ask'), text }),
  v.object({ type: v.literal('stop') }),
  v.object({ type: v.literal('page'), before: eventId, reach: v.exactOptional(eventId) }),
  v.object({ type: v.literal('find'), text: v.pipe(v.string(), v.maxLength(1_000)) }),
  v.object({ type: v.literal('slash'), name: v.picklist(SLASH_COMMANDS), rest: text }),
  v.object({ type: v.literal('attach'), what: v.picklist(['file', 'path', 'selection', 'symbol', 'problems']) }),
  v.object({ type: v.literal('count'), text }),
  v.object({ type: v.literal('recall'), eventId }),
  v.object({ type: v.literal('unpin'), eventId }),
  v.object({ type: v.literal('spanText'), spanId: v.pipe(v.number(), v.integer(), v.minValue(0)) }),
  v.object({ type: v.literal('reAnchor') }),
  v.object({
    type: v.literal('remedy'),
    remedy: v.picklist(['retry', 'chooseModel', 'useBuiltInModel', 'openSettings', 'showLog']),
  }),
  v.object({ type: v.literal('manageTrust') }),
  v.object({ type: v.literal('copy'), text }),
  v.object({ type: v.literal('insert'), text }),
  v.object({ type: v.literal('applyDiff'), text }),
  v.object({ type: v.literal('newFile'), text, language: v.pipe(v.string(), v.maxLength(100)) }),
  v.object({ type: v.literal('openLink'), href: v.pipe(v.string(), v.maxLength(8_192)) }),
]) satisfies v.GenericSchema<FromPanel>;

/** The message, if it is one of the panel's; undefined for anything else. */
export function parseFromPanel(message: unknown): FromPanel | undefined {
  const result = v.safeParse(schema, message);
  return result.success ? result.output : undefined;
}

/** The address of a link that may be opened: http and https only. */
export function webLink(href: string): string | undefined {
  if (!URL.canParse(href)) return undefined;
  const { protocol, href: normalised } = new URL(href);
  return protocol === 'http:' || protocol === 'https:' ? normalised : undefined;
}
