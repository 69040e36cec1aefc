/** Litres of rain on one bed, week by week, since the first of March. */
const RAIN = [12, 8, 0, 3, 15, 6, 0, 0, 4, 21, 9, 2];

/** Litres that fell on one bed in a week; weeks are counted from 0 and the year repeats. */
export function rainfall(week: number): number {
  return RAIN[week % RAIN.length] ?? 0;
}

/** The longest run of weeks without rain. */
export function longestDrought(): number {
  let longest = 0;
  let run = 0;
  for (const litres of RAIN) {
    run = litres === 0 ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}
