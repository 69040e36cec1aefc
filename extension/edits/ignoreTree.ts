import ignore, { type Ignore } from 'ignore';

/** The rules that stand in one folder, or undefined where there are none. */
export type RulesOf = (folder: string) => Ignore | undefined;

export function parseRules(texts: readonly string[]): Ignore | undefined {
  const telling = texts.filter((text) => text.trim() !== '');
  if (telling.length === 0) return undefined;
  const rules = ignore();
  for (const text of telling) rules.add(text);
  return rules;
}

/** The folders from the root (`''`) down to the one that holds the file. */
export function foldersAbove(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return ['', ...parts.map((_, index) => parts.slice(0, index + 1).join('/'))];
}

/**
 * Whether git would ignore the file: rules of deeper folders win, the last rule of a folder wins, and what is inside an
 * ignored folder stays ignored.
 *
 * @param path relative to the root, with `/`, without `..`.
 */
export function isIgnored(path: string, rulesOf: RulesOf): boolean {
  const steps = [
    ...foldersAbove(path)
      .slice(1)
      .map((folder) => `${folder}/`),
    path,
  ];
  return steps.some((step) => {
    let ignored = false;
    for (const folder of foldersAbove(step.replace(/\/$/, ''))) {
      const result = rulesOf(folder)?.test(folder === '' ? step : step.slice(folder.length + 1));
      if (result?.ignored) ignored = true;
      else if (result?.unignored) ignored = false;
    }
    return ignored;
  });
}
