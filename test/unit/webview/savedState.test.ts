import { describe, expect, it } from 'vitest';
import { composerToSave, readSaved } from '../../../webview-ui/state/savedState.js';

const chip = (label: string, characters = 10) => ({ label, text: 'x'.repeat(characters), tokens: 5 });
const throughVsCode = (state: unknown): unknown => JSON.parse(JSON.stringify(state));

describe('what is saved of the panel', () => {
  it('comes back whole: what was typed, what goes with it, and what was set aside', () => {
    const composer = {
      draft: 'Half a que',
      attachments: [chip('a.ts'), chip('b.ts')],
      setAside: [{ draft: 'An older one', attachments: [chip('c.ts')] }],
    };
    const state = { ...composerToSave(composer), readingAt: 7, readingBelow: 12.5 };
    expect(readSaved(throughVsCode(state))).toEqual({ ...composer, readingAt: 7, readingBelow: 12.5 });
  });

  it.each([undefined, null, 'draft', 7, [], {}, { draft: 7, attachments: 'a', setAside: [1], readingAt: 'x' }])(
    'is nothing where %j was saved',
    (data) => {
      expect(readSaved(data)).toEqual({ draft: '', attachments: [], setAside: [] });
    },
  );

  it('is read in part where a part has another shape', () => {
    expect(readSaved({ draft: 'Why?', readingAt: 3 })).toMatchObject({ draft: 'Why?', attachments: [], readingAt: 3 });
    const wrong = { draft: 'Why?', attachments: [{ label: 'a.ts', text: 1, tokens: 5 }], setAside: [] };
    expect(readSaved(wrong)).toMatchObject({ draft: 'Why?', attachments: [] });
  });

  it('has only so many attachments as there is room for, but all that was typed', () => {
    const draft = 'y'.repeat(300_000);
    const composer = {
      draft,
      attachments: [chip('large.ts', 150_000), chip('larger.ts', 100_000), chip('small.ts')],
      setAside: [
        { draft: 'Kept', attachments: [chip('other.ts', 100_000)] },
        { draft: '', attachments: [chip('another.ts', 100_000)] },
      ],
    };
    const saved = composerToSave(composer);
    expect(saved.draft).toBe(draft);
    expect(saved.attachments.map(({ label }) => label)).toEqual(['large.ts', 'small.ts']);
    expect(saved.setAside).toEqual([{ draft: 'Kept', attachments: [] }]);
  });
});
