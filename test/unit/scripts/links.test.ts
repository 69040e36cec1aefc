import { describe, expect, it } from 'vitest';
import { withoutDeadLinks } from '../../../scripts/package/links.mjs';

describe('withoutDeadLinks', () => {
  const packaged = (markdown: string): string =>
    withoutDeadLinks(markdown, (target) => ['vanilla.md', '../models/'].includes(target));

  it.each([
    ['a link to a file of the package', 'see [its twin](vanilla.md).', 'see [its twin](vanilla.md).'],
    ['with a fragment', '[its figures](vanilla.md#figures)', '[its figures](vanilla.md#figures)'],
    ['a link to a folder of the package', '[cards](../models/)', '[cards](../models/)'],
    ['a link to another file: its words', 'see [how](../training/README.md#stages).', 'see how.'],
    ['several in a line', '[a](a.svg), [b](vanilla.md), [c](c.svg)', 'a, [b](vanilla.md), c'],
    ['an image of the package', '![twin](vanilla.md)', '![twin](vanilla.md)'],
    ['an image that is not there: nothing', 'before ![plot](plot.svg) after', 'before  after'],
    ['links elsewhere', '[paper](https://arxiv.org/abs/2309.17453) <mailto:a@b.c>', undefined],
    ['a link with a scheme of an editor', '[settings](command:endless.openSettings)', undefined],
    ['a link on the page itself', '[below](#figures)', undefined],
    ['code in a line', 'it wrote `f[i](keys[i])`, and ``a ` [b](c)``', undefined],
    ['a block of code', '```ts\nlist[i](keys)\n```', undefined],
    ['a block of code with the other fence in it', '~~~\n```\nlist[i](keys)\n~~~', undefined],
  ])('%s', (_, before, after) => {
    expect(packaged(before)).toBe(after ?? before);
  });

  it('goes on after a block of code', () => {
    expect(packaged('```\n[a](a)\n```\n[b](b)')).toBe('```\n[a](a)\n```\nb');
  });
});
