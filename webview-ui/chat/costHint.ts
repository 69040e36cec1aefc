import type { WindowView } from '../../inference/views.js';
import { formatCount } from '../format.js';
import { t } from '../l10n.js';
import { spanTitle } from '../map/spanLabel.js';
import { MAX_TEXT } from '../messages.js';
import { impactOf } from './compose.js';

/** Tokens below which a text costs too little to speak of, unless it pushes something out. */
const WORTH_SAYING = 100;

/** Characters below which a text cannot cost anything to speak of. */
const LEAST = 200;

/** What is too long to be sent need not be counted. */
export function isWorthCounting(text: string): boolean {
  return text.length >= LEAST && text.length <= MAX_TEXT;
}

export interface Cost {
  /** Empty while there is nothing to say. */
  readonly text: string;
  /** Whether the window could not hold it. */
  readonly tooLarge: boolean;
}

/**
 * What sending a text would cost, before it is sent.
 *
 * @param tokens of the text, once they are counted.
 */
export function costOf(text: string, tokens: number | undefined, window: WindowView | undefined): Cost {
  if (text.length > MAX_TEXT)
    return {
      text: t('{0} characters are too many: {1} can be sent at once.', formatCount(text.length), formatCount(MAX_TEXT)),
      tooLarge: true,
    };
  if (tokens === undefined || !window) return { text: '', tooLarge: false };
  const { fits, most, events, last } = impactOf(window, tokens);
  const count = formatCount(tokens);
  if (!fits)
    return {
      text: t('{0} tokens are too many: the window has room for {1}.', count, formatCount(most)),
      tooLarge: true,
    };
  if (tokens < WORTH_SAYING) return { text: '', tooLarge: false };
  return {
    text: last ? pushedOut(count, events, spanTitle(last)) : t('{0} tokens', count),
    tooLarge: false,
  };
}

function pushedOut(count: string, events: number, last: string): string {
  return events === 1
    ? t('{0} tokens; pushes {1} out of the window', count, last)
    : t('{0} tokens; pushes the {1} oldest events out of the window, up to {2}', count, formatCount(events), last);
}
