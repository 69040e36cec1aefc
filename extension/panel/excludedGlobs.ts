/**
 * Of a setting such as `search.exclude` the globs that are on and can stand side by side in one pair of braces: not those
 * with alternatives of their own, and not those with a condition (`when`).
 */
export function excludedGlobs(setting: object): readonly string[] {
  return Object.entries(setting)
    .filter(([glob, value]) => value === true && !/[{},]/.test(glob))
    .map(([glob]) => glob);
}
