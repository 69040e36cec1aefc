/** The first moment of a day, in milliseconds since 1970: `2026-03-31`, or a number of days before `now`. */
export function dayStart(text: string, now: number): number | undefined {
  const trimmed = text.trim();
  if (/^\d{1,5}$/.test(trimmed)) {
    const day = new Date(now);
    return new Date(day.getFullYear(), day.getMonth(), day.getDate() - Number(trimmed)).getTime();
  }
  const parts = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(trimmed);
  if (!parts) return undefined;
  const [year, month, day] = parts.slice(1).map(Number) as [number, number, number];
  const date = new Date(year, month - 1, day);
  return date.getMonth() === month - 1 && date.getDate() === day ? date.getTime() : undefined;
}
