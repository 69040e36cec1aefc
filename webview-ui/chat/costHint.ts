import type { WindowView } from '../../inference/views.js';
import { formatCount } from '../format.js';
import { t } from '../l10n.js';
import { spanTitle } from '../map/spanLabel.js';
import { impactOf } from './compose.js';

/** Tokens below which a text costs too little to speak of, unless it pushes something out. */
const WORTH_SAYING = 100;

export interface Cost {
  /** Empty while there is nothing to say. */
  readonly text: string;
  /** Whether the window could not hold it. */
  readonly tooLarge: boolean;
}

/** What sending so many tokens would cost, before it is sent. */
export function costOf(tokens: number | undefined, window: WindowView | undefined): Cost {
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
