import { describe, expect, test } from 'vitest';
import {
  codeText,
  placeOf,
  problemQuestion,
  problemsText,
  taskQuestion,
} from '../../../../extension/panel/attachmentText.js';

const code = { path: 'src/a.ts', language: 'typescript', text: 'let a = 1;\n', lines: { first: 3, last: 8 } };

describe('what goes with a question', () => {
  test('names its place, counted from 1', () => {
    expect(placeOf(code)).toBe('src/a.ts:4-9');
    expect(placeOf({ ...code, lines: { first: 3, last: 3 } })).toBe('src/a.ts:4');
    expect(placeOf({ path: 'a.md', language: 'markdown', text: '' })).toBe('a.md');
  });

  test('code stands in a fence that it cannot end', () => {
    expect(codeText(code)).toBe('src/a.ts:4-9\n```typescript\nlet a = 1;\n```');
    expect(codeText({ ...code, text: '```\nx\n```' })).toContain('````typescript\n```\nx\n```\n````');
  });

  test('problems are a list', () => {
    const problems = [{ severity: 'error', line: 4, message: 'Cannot find name x.' }] as const;
    expect(problemsText('a.ts', problems)).toBe('Problems of a.ts\n- error, line 5: Cannot find name x.');
  });

  test('a problem is asked about with the code around it', () => {
    expect(problemQuestion({ line: 4, message: 'No x.' }, code)).toBe(
      `Explain this problem in line 5: No x.\n\n${codeText(code)}`,
    );
  });

  test('a task says what to do, then what the person added, then the code', () => {
    expect(taskQuestion('explain', code, 'Why 1?')).toBe(`Explain this code.\nWhy 1?\n\n${codeText(code)}`);
  });
});
