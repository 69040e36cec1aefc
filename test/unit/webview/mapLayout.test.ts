import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layOut, slideBetween, spanAt } from '../../../webview-ui/map/mapLayout.js';
import { spanLabel } from '../../../webview-ui/map/spanLabel.js';
import { span, windowOf } from './samples.js';

const sink = span(-1, 0, 100, { kind: 'sink', pinned: true, title: 'sink' });

describe('layOut', () => {
  it('draws to scale, the recent part measured from the edge of the fixed one', () => {
    const layout = layOut(windowOf([sink, span(1, 100, 200), span(2, 300, 100)]), 500);
    expect(layout.edge).toBe(50);
    expect(layout.fixed.map(({ left, width }) => [left, width])).toEqual([[0, 50]]);
    expect(layout.recent.map(({ left, width }) => [left, width])).toEqual([
      [0, 100],
      [100, 50],
    ]);
    expect(layout.reserveLeft).toBe(450);
  });

  it('leaves neither gap nor overlap, however narrow the spans are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 500 }),
        fc.integer({ min: 1, max: 2000 }),
        (lengths, width) => {
          let start = 0;
          const spans = lengths.map((length, index) => {
            const item = span(index, start, length);
            start += length;
            return item;
          });
          let right = 0;
          for (const item of layOut(windowOf(spans, { capacity: Math.max(1, start) }), width).recent) {
            expect(item.left).toBe(right);
            right = item.left + item.width;
          }
          expect(right).toBe(lengths.length === 0 ? 0 : width);
        },
      ),
    );
  });
});

describe('slideBetween', () => {
  const before = layOut(windowOf([sink, span(1, 100, 200), span(2, 300, 100), span(3, 400, 50)]), 500);

  it('slides the rest by what has left', () => {
    const after = layOut(windowOf([sink, span(2, 100, 100), span(3, 200, 50), span(4, 250, 10)]), 500);
    const slide = slideBetween(before, after);
    expect(slide?.leaving.map((item) => item.span.id)).toEqual([1]);
    expect(slide?.distance).toBe(100);
  });

  it('slides everything out when all has left', () => {
    expect(slideBetween(before, layOut(windowOf([sink]), 500))).toMatchObject({ distance: 175 });
  });

  it('is none when spans only come, a branch is rolled back, or the strip is resized', () => {
    expect(slideBetween(undefined, before)).toBeUndefined();
    expect(slideBetween(before, before)).toBeUndefined();
    const branch = layOut(windowOf([sink, span(9, 100, 20, { kind: 'branch' })]), 500);
    expect(slideBetween(branch, layOut(windowOf([sink]), 500))).toBeUndefined();
    expect(slideBetween(before, layOut(windowOf([sink, span(2, 100, 100)]), 400))).toBeUndefined();
  });
});

describe('spans', () => {
  it('are found by position', () => {
    const spans = [sink, span(1, 100, 200)];
    expect(spanAt(spans, 100)?.id).toBe(1);
    expect(spanAt(spans, 300)).toBeUndefined();
  });

  it('are named by kind, title, tokens and position', () => {
    expect(spanLabel(span(1, 120, 42, { kind: 'edit', title: 'src/cart.ts' }))).toBe(
      'edit src/cart.ts, 42 tokens, position 120',
    );
    expect(spanLabel(sink)).toBe('sink, 100 tokens, position 0');
  });
});
