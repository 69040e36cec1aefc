import { afterEach, describe, expect, it } from 'vitest';
import { diffLines, diffSize } from '../../../webview-ui/chat/diffLines.js';
import { earlierQuestion } from '../../../webview-ui/chat/earlierQuestion.js';
import { placeOf } from '../../../webview-ui/chat/place.js';
import { formatAge, formatBytes, formatCount, formatDuration, formatRate } from '../../../webview-ui/format.js';
import { t, useBundle } from '../../../webview-ui/l10n.js';
import { event } from './samples.js';

describe('diffLines', () => {
  it('tells the place, context, changes and gaps apart', () => {
    const lines = diffLines('src/a.ts › class A\n one\n-two\n+three\n+four\n…\n five');
    expect(lines.map(({ kind }) => kind)).toEqual(['place', 'context', 'removed', 'added', 'added', 'gap', 'context']);
    expect(lines[2]?.text).toBe('two');
    expect(diffSize(lines)).toEqual({ added: 2, removed: 1 });
  });

  it('takes a diff without a place', () => {
    expect(diffLines('+one')).toEqual([{ kind: 'added', text: 'one' }]);
  });
});

describe('placeOf', () => {
  it('puts the name first, then the folder and the symbols', () => {
    expect(placeOf('src/shop/cart.ts › class Cart')).toEqual({ name: 'cart.ts', rest: 'src/shop › class Cart' });
    expect(placeOf('cart.ts')).toEqual({ name: 'cart.ts', rest: '' });
  });
});

describe('earlierQuestion', () => {
  it('counts questions only, from the newest', () => {
    const events = [event(1), event(2, 'reply'), event(3), event(4, 'edit')];
    expect([0, 1, 2, 3].map((steps) => earlierQuestion(events, steps))).toEqual([
      undefined,
      'text 3',
      'text 1',
      undefined,
    ]);
  });
});

describe('format', () => {
  it('says figures as people do', () => {
    expect(formatCount(12_034)).toBe('12,034');
    expect([formatRate(0), formatRate(22.44), formatRate(140.3)]).toEqual(['–', '22.4', '140']);
    expect([formatDuration(310), formatDuration(4210), formatDuration(600_000)]).toEqual(['310 ms', '4.2 s', '10 min']);
    expect([formatBytes(0), formatBytes(900), formatBytes(9_900_000)]).toEqual(['0 B', '900 B', '9.4 MB']);
  });

  it('says an age coarsely, and never in the future', () => {
    const now = 10 * 86_400_000;
    expect(
      [now + 5, now - 59_000, now - 180_000, now - 7_200_000, now - 172_800_000].map((at) => formatAge(at, now)),
    ).toEqual(['just now', 'just now', '3 min ago', '2 h ago', '2 d ago']);
  });
});

describe('t', () => {
  afterEach(() => useBundle({}));

  it('fills in the places, also of a translation', () => {
    expect(t('{0} of {1}', 1, 2)).toBe('1 of 2');
    useBundle({ '{0} of {1}': '{1} : {0}' });
    expect(t('{0} of {1}', 1, 2)).toBe('2 : 1');
    expect(t('{0} {1}', 'a')).toBe('a {1}');
  });
});
