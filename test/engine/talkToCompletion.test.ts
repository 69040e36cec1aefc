import { expect, test } from 'vitest';
import { withEngine } from './fixture.js';

const REQUEST = {
  path: 'src/retry.ts',
  prefix: `export interface RetryOptions {
  readonly url: string;
}

export async function fetchWithRetries(options: RetryOptions): Promise<Response> {
`,
  typed: '  let ret',
  suffix: '\n}\n',
  maxTokens: 24,
  singleLine: true,
};

test('a name from the chat is in the next completion', async () => {
  await withEngine({ chat: { maxTokens: 8 } }, async ({ session }) => {
    const never = new AbortController().signal;
    const before = await session.complete(REQUEST, never);
    await session.ask('As I said, call it retryBudget', never);
    const after = await session.complete(REQUEST, never);
    expect(before.text).not.toContain('Budget');
    expect(after.text).toMatch(/^ryBudget\b/);
  });
});
