import { describe, expect, it } from 'vitest';
import { workspaceFacts, type Root } from '../../../../extension/settings/workspaceFacts.js';

const root = (name: string, ...files: string[]): Root => ({ name, has: (file) => files.includes(file) });

describe('what the model is told of the workspace', () => {
  it('names its folders and what they are made with, each thing once', () => {
    expect(
      workspaceFacts([
        root('shop', 'package.json', 'tsconfig.json'),
        root('api', 'pyproject.toml', 'setup.py'),
        root('notes'),
      ]),
    ).toBe('The workspace: shop (Node.js, TypeScript); api (Python); notes.');
  });

  it('says nothing where there is no folder', () => {
    expect(workspaceFacts([])).toBeUndefined();
  });

  it('keeps to one short line, whatever a folder is called', () => {
    const line = workspaceFacts([root(`a\n\nb${'x'.repeat(200)}`)])!;
    expect(line).not.toContain('\n');
    expect(line).toBe(`The workspace: a b${'x'.repeat(57)}.`);
  });

  it('counts folders beyond the eighth', () => {
    const line = workspaceFacts(Array.from({ length: 11 }, (_, index) => root(`f${String(index)}`)))!;
    expect(line).toMatch(/; f7; and 3 more folders\.$/u);
  });
});
