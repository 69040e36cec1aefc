import { LANGUAGE } from '../../format.js';
import { RECENT, type HistoryView } from '../messages.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Distances between two labels of a time axis that people count in. */
const STEPS: readonly number[] = [
  ...[10, 30].map((seconds) => seconds * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR),
  ...[1, 2, 7].map((days) => days * DAY),
];

/** Where the time axis begins: with the history or the range, and a minute ago at the latest. */
export function axisStart({ range, since }: Pick<HistoryView, 'range' | 'since'>, now: number): number {
  const start = Math.min(since, now - MINUTE);
  return range === 'recent' ? Math.max(now - RECENT, start) : start;
}

export interface TimeTick {
  readonly at: number;
  readonly label: string;
}

/** Pixels that a label needs: to the minute, and to the second. */
const LABEL = 72;
const LONG_LABEL = 100;

/**
 * Round moments on a time axis, as many as have room for their labels.
 *
 * @param width pixels
 * @param offset minutes to add to UTC for the clock on the wall, so that hours and days begin where people see them
 *   begin.
 */
export function timeTicks(from: number, to: number, width: number, offset = localOffset(to)): readonly TimeTick[] {
  const step = STEPS.find((candidate) => ((to - from) / candidate) * labelWidth(candidate) <= width) ?? 28 * DAY;
  const shift = offset * MINUTE;
  const ticks: TimeTick[] = [];
  for (let at = Math.ceil((from + shift) / step) * step - shift; at <= to; at += step)
    ticks.push({ at, label: clock(at, shift, step) });
  return ticks;
}

function labelWidth(step: number): number {
  return step < MINUTE ? LONG_LABEL : LABEL;
}

/** `14:05`, `14:05:30` between full minutes, `3/14` for whole days. */
function clock(at: number, shift: number, step: number): string {
  const local = new Date(at + shift);
  const options = { timeZone: 'UTC' } as const;
  if (step >= DAY) return local.toLocaleDateString(LANGUAGE, { ...options, month: 'numeric', day: 'numeric' });
  return local.toLocaleTimeString(LANGUAGE, {
    ...options,
    hour: '2-digit',
    minute: '2-digit',
    ...(step < MINUTE && { second: '2-digit' }),
  });
}

function localOffset(at: number): number {
  return -new Date(at).getTimezoneOffset();
}
