import { expect, test } from 'vitest';
import { drawCharts, type Chart } from '../../../bench/plot/chart.js';
import { linearScale, logScale } from '../../../bench/plot/scale.js';

test('a linear scale puts its ends where they belong, with round ticks between', () => {
  const scale = linearScale([0, 100], [0, 500]);
  expect(scale.place(0)).toBe(0);
  expect(scale.place(100)).toBe(500);
  expect(scale.ticks).toEqual([0, 20, 40, 60, 80, 100]);
});

test('a logarithmic scale gives every factor the same width', () => {
  const scale = logScale([1, 1000], [0, 300]);
  expect(scale.place(10)).toBeCloseTo(100);
  expect(scale.place(100)).toBeCloseTo(200);
  expect(scale.ticks).toEqual([1, 10, 100, 1000]);
  expect(logScale([5, 50], [0, 1]).ticks).toEqual([5, 10, 20, 50]);
});

const chart: Chart = {
  title: 'A < B & C',
  x: { label: 'tokens' },
  y: { label: 'perplexity', log: true },
  series: [
    {
      name: 'sink',
      points: [
        [0, 5],
        [10, 6],
        [20, Number.NaN],
      ],
    },
    { name: 'window', points: [[0, 0]] },
  ],
};

test('a chart is one SVG that draws what can be drawn, and escapes text', () => {
  const svg = drawCharts([chart, chart]);
  expect(svg.match(/<svg/g)).toHaveLength(1);
  expect(svg.match(/<polyline/g)).toHaveLength(4);
  expect(svg).toContain('A &lt; B &amp; C');
  expect(svg).not.toContain('NaN');
});

test('a drawing is as wide as its longest legend', () => {
  const widthWith = (name: string): number =>
    Number(/<svg[^>]* width="(\d+)"/.exec(drawCharts([{ ...chart, series: [{ name, points: [[1, 5]] }] }]))?.[1]);
  expect(widthWith('sink')).toBe(860);
  expect(widthWith('sink model, cache 1024, re-computation')).toBeGreaterThan(610 + 46 + 38 * 6.5);
});

test('a chart of nothing says so', () => {
  expect(drawCharts([{ ...chart, series: [] }])).toContain('nothing to draw');
});

test('an axis of given ends shows them, however small the values are', () => {
  const share = { title: 'share', x: { label: 'x' }, y: { label: '%', domain: [0, 100] as const } };
  const svg = drawCharts([
    {
      ...share,
      series: [
        {
          name: 'a',
          points: [
            [0, 1],
            [1, 2],
          ],
        },
      ],
    },
  ]);
  expect(svg).toContain('>100</text>');
});
