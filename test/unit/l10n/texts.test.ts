import * as l10n from '@vscode/l10n';
import { afterEach, describe, expect, test } from 'vitest';
import { modelNotFound } from '../../../inference/errors.js';
import { asTheToolKnowsIt, BUNDLE, problemsOf, readTexts, textsOfSources } from '../../../scripts/l10n/texts.mjs';
import { inRoot } from '../../../scripts/paths.mjs';
import { costOf } from '../../../webview-ui/chat/costHint.js';
import { useBundle } from '../../../webview-ui/l10n.js';
import { span, windowOf } from '../webview/samples.js';

type Texts = Readonly<Record<string, string>>;
const read = async (name: string): Promise<Texts> => (await readTexts(name)) as Texts;

const NONE = { lacking: [], needless: [], misplaced: [] };

test('the bundle is what the sources say; `npm run l10n` writes it anew', { timeout: 60_000 }, async () => {
  expect(await readTexts(BUNDLE)).toEqual(await textsOfSources());
});

test.each([
  [BUNDLE, 'l10n/bundle.l10n.de.json'],
  ['package.nls.json', 'package.nls.de.json'],
])('of %s the German is whole, and has the places of the English', async (english, german) => {
  expect(problemsOf(await read(english), await read(german))).toEqual(NONE);
});

test('what a translation lacks, or has too much of, is found', () => {
  expect(problemsOf({ a: 'a', b: '{0} b {1}', c: 'c' }, { b: '{0}', c: '', d: 'd' })).toEqual({
    lacking: ['a', 'c'],
    needless: ['d'],
    misplaced: ['b'],
  });
  expect(problemsOf({ a: '{0} of {1}' }, { a: '{1}: {0}' })).toEqual(NONE);
});

describe('the manifest', () => {
  /** Text that a person reads, wherever it stands. Names of products are the same in every language. */
  const READ = new Set(['title', 'shortTitle', 'description', 'markdownDescription', 'altText']);
  const LISTS = new Set(['enumDescriptions', 'markdownEnumDescriptions', 'aliases']);
  const NAMES = new Set(['Endless']);

  function* textsIn(value: unknown, key = ''): Generator<string> {
    if (Array.isArray(value)) for (const item of value) yield* textsIn(item, LISTS.has(key) ? 'title' : '');
    else if (typeof value === 'object' && value !== null)
      for (const [name, item] of Object.entries(value)) yield* textsIn(item, name);
    else if (typeof value === 'string' && READ.has(key) && !NAMES.has(value)) yield value;
  }

  test('holds keys in place of texts, each in package.nls.json, and there is no other', async () => {
    const manifest = (await readTexts('package.json')) as Readonly<Record<string, unknown>>;
    const { description, capabilities, contributes } = manifest;
    const texts = [...textsIn({ description, capabilities, contributes })];
    expect(texts.filter((text) => !/^%[\w.-]+%$/.test(text))).toEqual([]);
    const keys = [...new Set(texts.map((text) => text.slice(1, -1)))];
    expect(keys.sort()).toEqual(Object.keys(await read('package.nls.json')).sort());
  });
});

test('the `t` of the pages is shown to the tool as what it stands for', () => {
  const source = "import { t } from '../l10n.js';\nconst a = t('A {0}', await(1)) + got('b');";
  expect(asTheToolKnowsIt(source)).toBe(
    "import * as l10n from '@vscode/l10n';\nconst a = l10n.t('A {0}', await(1)) + got('b');",
  );
  expect(asTheToolKnowsIt("t('a')")).toBe("t('a')");
});

describe('in German', () => {
  afterEach(() => l10n.config({ contents: {} }));

  test('the engine speaks by the bundle that its environment names', () => {
    l10n.config({ fsPath: inRoot('l10n/bundle.l10n.de.json') });
    expect(modelNotFound('/m.gguf').message).toBe(
      'Unter /m.gguf gibt es keine Modelldatei. Wählen Sie eine andere Datei, oder verwenden Sie das mitgelieferte Modell.',
    );
  });

  test('the panel speaks by the texts that the host gives it', async () => {
    useBundle(await read('l10n/bundle.l10n.de.json'));
    const window = windowOf([span(1, 0, 900, { kind: 'edit', title: 'src/cart.ts' })]);
    expect(costOf('text', 400, window).text).toBe('400 Token; verdrängt Bearbeitung src/cart.ts aus dem Fenster');
  });
});
