import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Admission } from '../../../../extension/edits/admission.js';
import { EditorContext } from '../../../../extension/panel/editorContext.js';

const editor = vi.hoisted(() => ({ problems: [] as { severity: number; range: object; message: string }[] }));

vi.mock('vscode', () => ({
  DiagnosticSeverity: { Error: 0, Warning: 1, Information: 2, Hint: 3 },
  l10n: {
    t: (text: string, ...values: string[]) => text.replace(/\{(\d)\}/g, (_, index) => values[Number(index)] ?? ''),
  },
  languages: { getDiagnostics: () => editor.problems },
  window: { activeTextEditor: { document: { uri: {} } } },
}));

const admission = { admitToCompletion: () => Promise.resolve({ path: 'src/a.ts' }) } as unknown as Admission;
const context = new EditorContext(admission, { outline: () => Promise.resolve('') });

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
