import { describe, expect, it } from 'vitest';
import { choosePrompt } from '../../../inference/session/opening.js';

const length = (prompt: string): number => prompt.length;
const WORKSPACE = 'The workspace: shop (Node.js).';

describe('the system prompt', () => {
  it('tells of the workspace where that leaves half the budget to notes', () => {
    expect(choosePrompt(WORKSPACE, 4000, length)).toContain(`\n\n${WORKSPACE}`);
  });

  it('leaves the workspace out before it takes the room of notes', () => {
    const prompt = choosePrompt(WORKSPACE, 500, length);
    expect(prompt).toContain('never ends');
    expect(prompt).not.toContain(WORKSPACE);
  });

  it('is short where the window is small', () => {
    expect(choosePrompt(WORKSPACE, 100, length)).toBe('You are Endless, a coding assistant.');
  });
});
