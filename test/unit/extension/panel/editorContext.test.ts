import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Admission } from '../../../../extension/edits/admission.js';
import { EditorContext } from '../../../../extension/panel/editorContext.js';

interface Shown {
  readonly document: { readonly uri: { readonly scheme: string }; getText(): string; readonly languageId: string };
}

const editor = vi.hoisted(() => ({
  problems: [] as { severity: number; range: object; message: string }[],
  active: undefined as Shown | undefined,
  visible: [] as Shown[],
}));

vi.mock('vscode', () => ({
  DiagnosticSeverity: { Error: 0, Warning: 1, Information: 2, Hint: 3 },
  l10n: {
    t: (text: string, ...values: string[]) => text.replace(/\{(\d)\}/g, (_, index) => values[Number(index)] ?? ''),
  },
  languages: { getDiagnostics: () => editor.problems },
  window: {
    get activeTextEditor(): Shown | undefined {
      return editor.active;
    },
    get visibleTextEditors(): Shown[] {
      return editor.visible;
    },
  },
}));

const admission = { admitToCompletion: () => Promise.resolve({ path: 'src/a.ts' }) } as unknown as Admission;
const context = new EditorContext(admission, { outline: () => Promise.resolve('') });

const shown = (scheme: string): Shown => ({
  document: { uri: { scheme }, getText: () => `a text of ${scheme}`, languageId: 'typescript' },
});

beforeEach(() => {
  editor.active = shown('file');
  editor.visible = [];
});

function problem(message: string): void {
  editor.problems.push({ severity: 0, range: { start: { line: 2 } }, message });
}

describe('the problems of the file in the editor', () => {
  beforeEach(() => {
    editor.problems.length = 0;
  });

  test('are attached', async () => {
    problem("Cannot find name 'x'.");
    expect(await context.attachment('problems')).toEqual({
      label: 'problems of src/a.ts',
      text: "Problems of src/a.ts\n- error, line 3: Cannot find name 'x'.",
    });
  });

  test('are refused when one of them quotes a secret', async () => {
    problem("Cannot find name 'x'.");
    problem(`Type '{ clientSecret: "aZ3kQ9xV7mB2nL8pR5tY1wD4"; }' is not assignable to type 'string'.`);
    expect(await context.attachment('problems')).toEqual({
      refused: 'This text seems to hold a secret, which never enters the session.',
    });
  });
});

describe('the file in the editor', () => {
  const text = async (): Promise<unknown> => {
    const found = await context.file();
    return 'refused' in found ? found : found.text;
  };

  test.each(['endless-proposal', 'endless-window', 'output'])(
    'is another one where %s has the focus',
    async (scheme) => {
      editor.active = shown(scheme);
      editor.visible = [editor.active, shown('untitled')];
      expect(await text()).toBe('a text of untitled');
    },
  );

  test('is the one in use, not another one that is seen', async () => {
    editor.active = shown('git');
    editor.visible = [shown('file'), editor.active];
    expect(await text()).toBe('a text of git');
  });

  test('is one that is seen where none is in use', async () => {
    editor.active = undefined;
    editor.visible = [shown('file')];
    expect(await text()).toBe('a text of file');
  });

  test('is none where none is seen', async () => {
    editor.active = undefined;
    expect(await text()).toEqual({ refused: 'No editor is open. Open the file first.' });
  });
});
