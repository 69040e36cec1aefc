import { describe, expect, it } from 'vitest';
import { ListLayout } from '../../../webview-ui/list/listLayout.js';

function layoutOf(estimates: readonly number[]): ListLayout {
  const layout = new ListLayout();
  layout.setRows(estimates.map((estimate, index) => ({ key: `row-${index}`, estimate })));
  return layout;
}

describe('ListLayout', () => {
  it('stands on estimates until rows are measured', () => {
    const layout = layoutOf([10, 20, 30]);
    expect([layout.offsetOf(0), layout.offsetOf(1), layout.offsetOf(2), layout.total]).toEqual([0, 10, 30, 60]);
    layout.setHeight('row-1', 100);
    expect([layout.offsetOf(2), layout.total]).toEqual([110, 140]);
  });

  it('keeps measured heights when rows come in front', () => {
    const layout = layoutOf([10, 20]);
    layout.setHeight('row-0', 50);
    layout.setRows([
      { key: 'new', estimate: 5 },
      { key: 'row-0', estimate: 10 },
      { key: 'row-1', estimate: 20 },
    ]);
    expect(layout.indexOf('row-1')).toBe(2);
    expect(layout.offsetOf(2)).toBe(55);
  });

  it('finds the row at a pixel, the ends included', () => {
    const layout = layoutOf([10, 20, 30]);
    expect([-5, 0, 9, 10, 29, 30, 59, 1000].map((y) => layout.indexAt(y))).toEqual([0, 0, 0, 1, 1, 2, 2, 2]);
  });

  it('draws the rows that touch the viewport', () => {
    const layout = layoutOf(Array.from({ length: 10_000 }, () => 20));
    expect(layout.rangeOf(1000, 1100)).toEqual({ first: 50, end: 56 });
    expect(layout.rangeOf(-400, 10)).toEqual({ first: 0, end: 1 });
    expect(layoutOf([]).rangeOf(0, 100)).toEqual({ first: 0, end: 0 });
  });
});
