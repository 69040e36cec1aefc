import { expect, test } from 'vitest';
import { withEngine } from './fixture.js';

const PREFIX = `/**
 * Reads the configuration of the workspace.
 */
export function readConfiguration(workspaceFolder: string): Configuration {
  return parseConfiguration(workspaceFolder);
}

export function writeConfiguration(workspaceFolder: string): void {
`;

test('a word that is half typed goes on as the whole word would have been written', async () => {
  await withEngine({}, async ({ session }) => {
    const never = new AbortController().signal;
    let whole = 0;
    for (const typed of [
      '  const configuration = readConf',
      '  const configuration = readConfigurat',
      '  const a = parseC',
    ]) {
      const request = {
        path: 'src/config.ts',
        prefix: PREFIX,
        typed,
        suffix: '\n}\n',
        maxTokens: 24,
        singleLine: true,
      };
      const { text, confidence } = await session.complete(request, never);
      expect(confidence).toBeGreaterThan(0);
      expect(confidence).toBeLessThanOrEqual(1);
      if ((typed + text).includes('readConfiguration(') || (typed + text).includes('parseConfiguration(')) whole += 1;
    }
    expect(whole).toBeGreaterThanOrEqual(2);
  });
});

test('what is typed is not written again', async () => {
  await withEngine({}, async ({ session }) => {
    const never = new AbortController().signal;
    for (const typed of ['  ret', '  return ', '    ', '  return parseConfiguration(', '  const naïv', '\t'])
      for (const candidates of [undefined, 3]) {
        const { text, others = [] } = await session.complete(
          {
            path: 'a.ts',
            prefix: PREFIX,
            typed,
            suffix: '\n}\n',
            maxTokens: 16,
            singleLine: true,
            ...(candidates && { candidates }),
          },
          never,
        );
        for (const each of [text, ...others]) expect(typed.trim() !== '' && each.startsWith(typed.trim())).toBe(false);
      }
    expect(session.windowView().counters.reEvaluated).toBe(0);
  });
});
