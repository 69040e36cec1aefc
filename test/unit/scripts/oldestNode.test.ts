import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkNodeVersion } from '../../../scripts/nodeVersion.mjs';
import { inRoot } from '../../../scripts/paths.mjs';

/** What Node 20.0 has not got: it is the oldest that may run the scripts which fetch the pinned one. */
const LATER: readonly RegExp[] = [
  // A name that a module does not export ends the script before its first line.
  /import \{[^}]*\b(?:styleText|parseEnv|getCallSites?|glob(?:Sync)?|hash|getBuiltinModule)\b[^}]*\} from 'node:/,
  /'node:(?:sqlite|sea)'/,
  /import\.meta\.(?:dirname|filename|main|resolve)\b/,
  /^import .* with \{/m,
  /\b(?:process\.loadEnvFile|Array\.fromAsync|Promise\.(?:withResolvers|try)|(?:Object|Map)\.groupBy)\b/,
  /\b(?:AbortSignal\.any|fs\.glob|parentPath|await using|RegExp\.escape)\b/,
  /\.(?:union|intersection|difference|isSubsetOf|isSupersetOf|isDisjointFrom)\(/,
  /\.(?:values|keys|entries)\(\)\.(?:map|filter|take|drop|some|every|find|reduce|toArray|flatMap)\(/,
];

/** The files of ours that Node loads from `file` on, those that are imported later among them. */
async function loadedFrom(file: string, texts = new Map<string, string>()): Promise<ReadonlyMap<string, string>> {
  if (texts.has(file)) return texts;
  const text = await readFile(file, 'utf8');
  texts.set(file, text);
  for (const [, name = ''] of text.matchAll(/(?:from |import |import\()'(\.[^']+)'/g))
    await loadedFrom(path.resolve(path.dirname(file), name), texts);
  return texts;
}

describe.each(['start', 'test'])('npm %s, on the Node of the person', (script) => {
  test('loads nothing that Node 20.0 has not got', async () => {
    const texts = await loadedFrom(inRoot('scripts', `${script}.mjs`));
    expect([...texts.keys()]).toContain(inRoot('scripts', 'steps.mjs'));
    const found = [...texts].flatMap(([file, text]) =>
      LATER.filter((later) => later.test(text)).map((later) => `${path.relative(inRoot(), file)}: ${later.source}`),
    );
    expect(found).toEqual([]);
  });
});

test('an older Node is told so before anything else is loaded', () => {
  expect(checkNodeVersion('20.0.0')).toBeUndefined();
  expect(checkNodeVersion('18.20.4')).toContain('Node 18.20.4 is too old');
});
