/** Of settings such as `search.exclude` the globs that are on, once each. Those with a condition (`when`) are left out. */
export function excludedGlobs(settings: readonly object[]): readonly string[] {
  const on = settings.flatMap((setting) => Object.entries(setting).filter(([, value]) => value === true));
  return [...new Set(on.map(([glob]) => glob))];
}
