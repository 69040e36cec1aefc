import { describe, expect, test } from 'vitest';
import { Acceptance, KEPT_AFTER } from '../../../../extension/completion/acceptance.js';

const NONE = { shown: 0, accepted: 0, characters: 0, judged: 0, kept: 0, since: 7 };

/** A document that tells its changes, as the editor does. */
class Page {
  readonly acceptance = new Acceptance(NONE);
  now = 0;
  text: string;
  #cursor = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** @param at text with ▮ at the cursor */
  static at(at: string): Page {
    const page = new Page(at.replace('▮', ''));
    page.#cursor = at.indexOf('▮');
    return page;
  }

  offer(...texts: string[]): this {
    this.acceptance.show({ document: 'a', offset: this.#cursor, texts }, false);
    return this;
  }

  continue(...texts: string[]): this {
    this.acceptance.show({ document: 'a', offset: this.#cursor, texts }, true);
    return this;
  }

  /** At the cursor, in one change. */
  insert(text: string, removed = 0): this {
    this.change({ offset: this.#cursor, removed, text });
    this.#cursor += text.length;
    return this;
  }

  type(text: string): this {
    for (const character of text) this.insert(character);
    return this;
  }

  change(...changes: { offset: number; removed: number; text: string }[]): this {
    for (const { offset, removed, text } of [...changes].sort((a, b) => b.offset - a.offset))
      this.text = this.text.slice(0, offset) + text + this.text.slice(offset + removed);
    this.acceptance.handleChange('a', changes, this.now);
    return this;
  }

  later(milliseconds: number): this {
    this.now += milliseconds;
    this.acceptance.judge(this.now, (_, start, end) => this.text.slice(start, end));
    return this;
  }

  get counts(): readonly number[] {
    const { shown, accepted, characters, judged, kept } = this.acceptance.view;
    return [shown, accepted, characters, judged, kept];
  }
}

describe('what was accepted, [shown, accepted, characters, judged, kept]', () => {
  test('the whole suggestion', () => {
    expect(Page.at('a = ▮').offer('total();').insert('total();').counts).toEqual([1, 1, 8, 0, 0]);
  });

  test('the whole one, in the place of what stood behind the cursor', () => {
    expect(Page.at('f(▮)').offer('a, b);').insert('a, b);', 1).counts).toEqual([1, 1, 6, 0, 0]);
  });

  test('the second of several', () => {
    expect(Page.at('a = ▮').offer('one();', 'two();').insert('two();').counts).toEqual([1, 1, 6, 0, 0]);
  });

  test('several lines in a file with other line ends', () => {
    expect(Page.at('f {▮').offer('\n  a();\n}').insert('\r\n  a();\r\n}').counts).toEqual([1, 1, 9, 0, 0]);
  });

  test('word by word counts once, with all that was taken', () => {
    const page = Page.at('▮').offer('const a = 1;').insert('const').continue(' a = 1;').insert(' a').continue(' = 1;');
    expect(page.counts).toEqual([1, 1, 7, 0, 0]);
  });

  test('nothing when it is typed through, whatever the editor closes', () => {
    expect(Page.at('▮').offer('f();').type('f();').counts).toEqual([1, 0, 0, 0, 0]);
    expect(Page.at('▮').offer('()').insert('()').counts).toEqual([1, 0, 0, 0, 0]);
    expect(Page.at('{▮').offer('\n  a').insert('\n  ').counts).toEqual([1, 0, 0, 0, 0]);
  });

  test('the rest after a part was typed', () => {
    expect(Page.at('▮').offer('f(a);').type('f(').continue('a);').insert('a);').counts).toEqual([1, 1, 3, 0, 0]);
  });

  test('nothing when something else is written, and not afterwards either', () => {
    const page = Page.at('▮').offer('total();').insert('sum();');
    expect(page.insert('total();').counts).toEqual([1, 0, 0, 0, 0]);
  });

  test('nothing when the text comes elsewhere, or with other changes', () => {
    expect(Page.at('ab▮').offer('cd').change({ offset: 0, removed: 0, text: 'cd' }).counts).toEqual([1, 0, 0, 0, 0]);
    const both = [
      { offset: 0, removed: 0, text: 'cd' },
      { offset: 2, removed: 0, text: 'cd' },
    ];
    expect(
      Page.at('ab▮')
        .offer('cd')
        .change(...both).counts,
    ).toEqual([1, 0, 0, 0, 0]);
  });

  test('changes before the cursor move what is offered', () => {
    const page = Page.at('ab▮').offer('cd').change({ offset: 0, removed: 1, text: 'xyz' });
    expect(page.change({ offset: 4, removed: 0, text: 'cd' }).counts).toEqual([1, 1, 2, 0, 0]);
  });

  test('another document has nothing to do with it', () => {
    const page = Page.at('▮').offer('cd');
    page.acceptance.handleChange('b', [{ offset: 0, removed: 0, text: 'cd' }], 0);
    expect(page.counts).toEqual([1, 0, 0, 0, 0]);
    expect(page.insert('cd').counts).toEqual([1, 1, 2, 0, 0]);
  });
});

describe('what was kept', () => {
  const accepted = (): Page => Page.at('a = ▮').offer('total();').insert('total();');

  test('is looked at after 30 seconds', () => {
    const page = accepted();
    expect(page.acceptance.due).toBe(KEPT_AFTER);
    expect(page.later(KEPT_AFTER - 1).counts).toEqual([1, 1, 8, 0, 0]);
    expect(page.later(1).counts).toEqual([1, 1, 8, 1, 1]);
    expect(page.acceptance.due).toBeUndefined();
    expect(page.later(KEPT_AFTER).counts).toEqual([1, 1, 8, 1, 1]);
  });

  test('not what was changed, or undone', () => {
    expect(accepted().change({ offset: 5, removed: 1, text: 'x' }).later(KEPT_AFTER).counts).toEqual([1, 1, 8, 1, 0]);
    expect(accepted().change({ offset: 4, removed: 8, text: '' }).later(KEPT_AFTER).counts).toEqual([1, 1, 8, 1, 0]);
  });

  test('what was moved or indented, and what is written around it', () => {
    const page = accepted().insert('\n').change({ offset: 0, removed: 0, text: 'let ' });
    page.change({ offset: 8, removed: 0, text: ' ' }, { offset: 13, removed: 0, text: ' ' });
    expect(page.text).toBe('let a =  total ();\n');
    expect(page.later(KEPT_AFTER).counts).toEqual([1, 1, 8, 1, 1]);
  });

  test('what was taken over in parts, and typed in between, is one', () => {
    const page = Page.at('▮').offer('const a = 1;').insert('const').continue(' a = 1;').type(' ').continue('a = 1;');
    page.now = 1_000;
    page.insert('a =');
    expect(page.acceptance.due).toBe(1_000 + KEPT_AFTER);
    expect(page.later(KEPT_AFTER).counts).toEqual([1, 1, 8, 1, 1]);
  });

  test('a document that is closed is looked at then', () => {
    const page = accepted();
    page.acceptance.handleClose('b', () => '');
    expect(page.counts).toEqual([1, 1, 8, 0, 0]);
    page.acceptance.handleClose('a', (_, start, end) => page.text.slice(start, end));
    expect(page.counts).toEqual([1, 1, 8, 1, 1]);
  });

  test('one that cannot be read any more does not count', () => {
    const page = accepted();
    page.acceptance.judge(KEPT_AFTER, () => undefined);
    expect(page.counts).toEqual([1, 1, 8, 0, 0]);
  });

  test('counting goes on from what was counted before', () => {
    const acceptance = new Acceptance({ ...NONE, shown: 4, kept: 1 });
    acceptance.show({ document: 'a', offset: 0, texts: ['b'] }, false);
    expect(acceptance.view).toEqual({ ...NONE, shown: 5, kept: 1 });
  });
});
