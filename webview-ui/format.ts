import { t } from './l10n.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The language of the page, as the host has written it; where there is no page, that of the process. */
export const LANGUAGE = typeof document === 'undefined' ? undefined : document.documentElement.lang || undefined;

/** `12,034`, by the language of the page. */
export function formatCount(value: number): string {
  return Math.round(value).toLocaleString(LANGUAGE);
}

/** `22.4`, `0` for what was not measured yet. */
export function formatRate(value: number): string {
  return value === 0 ? '–' : value.toLocaleString(LANGUAGE, { maximumFractionDigits: value < 100 ? 1 : 0 });
}

/** `22.4`, `22.0`: to a tenth, so that numbers which change keep their width. */
export function formatTenths(value: number): string {
  return value.toLocaleString(LANGUAGE, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
}

/** A duration given in milliseconds: `310 ms`, `4.2 s`. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 1000) return t('{0} ms', Math.round(milliseconds));
  if (milliseconds < 2 * MINUTE) return t('{0} s', formatTenths(milliseconds / 1000));
  return t('{0} min', Math.round(milliseconds / MINUTE));
}

/** `9.4 MB`, in powers of 1024. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** power;
  return `${value.toLocaleString(LANGUAGE, { maximumFractionDigits: value < 10 && power > 0 ? 1 : 0 })} ${units[power] ?? ''}`;
}

/** `12 M`, `1.5 B`: how people name the size of a model. */
export function formatParameters(parameters: number): string {
  return parameters.toLocaleString(LANGUAGE, { notation: 'compact', maximumFractionDigits: 1 });
}

export function formatShare(part: number, whole: number): string {
  return (whole === 0 ? 0 : part / whole).toLocaleString(LANGUAGE, { style: 'percent', maximumFractionDigits: 1 });
}

/** How long ago, coarsely. Both in milliseconds since 1970. */
export function formatAge(at: number, now: number): string {
  const age = Math.max(0, now - at);
  if (age < MINUTE) return t('just now');
  if (age < HOUR) return t('{0} min ago', Math.floor(age / MINUTE));
  if (age < DAY) return t('{0} h ago', Math.floor(age / HOUR));
  return t('{0} d ago', Math.floor(age / DAY));
}

/** The time of day, with the date in front if it was not today. */
export function formatTime(at: number, now: number): string {
  const date = new Date(at);
  const sameDay = date.toDateString() === new Date(now).toDateString();
  return sameDay
    ? date.toLocaleTimeString(LANGUAGE, { hour: '2-digit', minute: '2-digit' })
    : date.toLocaleString(LANGUAGE, { dateStyle: 'medium', timeStyle: 'short' });
}

/** As `formatTime`, to the second. */
export function formatMoment(at: number, now: number): string {
  const date = new Date(at);
  return date.toDateString() === new Date(now).toDateString()
    ? date.toLocaleTimeString(LANGUAGE)
    : date.toLocaleString(LANGUAGE, { dateStyle: 'medium', timeStyle: 'medium' });
}
