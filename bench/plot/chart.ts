import { linearScale, logScale, type Scale } from './scale.js';

export interface Series {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
  readonly dashed?: boolean;
}

export interface Chart {
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly Series[];
  /** Vertical lines: where the cache is full, say. */
  readonly marks?: readonly { readonly x: number; readonly label: string }[];
}

export interface Axis {
  readonly label: string;
  readonly log?: boolean;
  /** Of a linear axis, whatever the points are: 0 and 100 of a share, so that a small one looks small. */
  readonly domain?: readonly [number, number];
}

/** Pixels; the least width. The legend stands right of the plot. */
const WIDTH = 860;
const HEIGHT = 340;
const PLOT = { left: 70, right: 610, top: 40, bottom: 285 } as const;
const LINE = 18;
const LEGEND = PLOT.right + 46;
/** About as wide as a letter of a legend is. */
const LETTER = 7;

/** Told apart with any kind of colour vision (Okabe and Ito). */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9', '#e69f00', '#666666', '#000000'];

/** One SVG with the charts under one another. */
export function drawCharts(charts: readonly Chart[]): string {
  const height = HEIGHT * charts.length;
  const names = charts.flatMap((chart) => chart.series.map((series) => series.name.length));
  const width = names.reduce((widest, letters) => Math.max(widest, LEGEND + letters * LETTER + 8), WIDTH);
  const body = charts.map((chart, at) => `<g transform="translate(0 ${at * HEIGHT})">${drawChart(chart)}</g>`);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">`,
    `<rect width="${width}" height="${height}" fill="white"/>`,
    ...body,
    '</svg>',
    '',
  ].join('\n');
}

function drawChart(chart: Chart): string {
  const points = chart.series.flatMap((series) => drawable(series, chart));
  if (points.length === 0) return text(PLOT.left, PLOT.top, `${chart.title}: nothing to draw`, 'start');
  const x = scaleOf(chart.x, extent(points.map(([value]) => value)), [PLOT.left, PLOT.right]);
  const y = scaleOf(chart.y, extent(points.map(([, value]) => value)), [PLOT.bottom, PLOT.top]);
  return [
    text(PLOT.left, 22, chart.title, 'start', 'font-weight="bold" font-size="14"'),
    ...x.ticks.map(
      (tick) => verticalLine(x.place(tick), '#e4e4e4') + text(x.place(tick), PLOT.bottom + 18, number(tick)),
    ),
    ...y.ticks.map(
      (tick) => horizontalLine(y.place(tick), '#e4e4e4') + text(PLOT.left - 8, y.place(tick) + 4, number(tick), 'end'),
    ),
    horizontalLine(PLOT.bottom, '#333'),
    verticalLine(PLOT.left, '#333'),
    ...(chart.marks ?? []).map(
      (mark) =>
        verticalLine(x.place(mark.x), '#999', 'stroke-dasharray="2 3"') +
        text(x.place(mark.x) + 4, PLOT.top + 10, mark.label, 'start', 'fill="#666"'),
    ),
    text((PLOT.left + PLOT.right) / 2, PLOT.bottom + 40, chart.x.label),
    `<text transform="translate(18 ${(PLOT.top + PLOT.bottom) / 2}) rotate(-90)" text-anchor="middle">${escaped(chart.y.label)}</text>`,
    ...chart.series.map((series, at) => drawSeries(series, at, chart, x, y)),
  ].join('\n');
}

function drawSeries(series: Series, at: number, chart: Chart, x: Scale, y: Scale): string {
  const colour = COLOURS[at % COLOURS.length] ?? '#000';
  const dash = series.dashed === true || at >= COLOURS.length ? ' stroke-dasharray="6 4"' : '';
  const places = drawable(series, chart).map(([a, b]) => `${x.place(a).toFixed(1)},${y.place(b).toFixed(1)}`);
  const legend = PLOT.top + 10 + at * LINE;
  const dots = places.length > 20 ? '' : places.map((p) => dot(p, colour)).join('');
  return [
    `<polyline points="${places.join(' ')}" fill="none" stroke="${colour}" stroke-width="1.6"${dash}/>`,
    dots,
    `<line x1="${PLOT.right + 16}" x2="${PLOT.right + 40}" y1="${legend - 4}" y2="${legend - 4}" stroke="${colour}" stroke-width="2.4"${dash}/>`,
    text(LEGEND, legend, series.name, 'start'),
  ].join('\n');
}

/** What a logarithmic axis cannot show is left out. */
const drawable = (series: Series, chart: Chart): (readonly [number, number])[] =>
  series.points.filter(
    ([x, y]) =>
      Number.isFinite(x) && Number.isFinite(y) && (chart.x.log !== true || x > 0) && (chart.y.log !== true || y > 0),
  );

function scaleOf(axis: Axis, extent: [number, number], range: [number, number]): Scale {
  if (axis.domain !== undefined) return linearScale(axis.domain, range);
  if (axis.log === true) return logScale(extent, range);
  return linearScale([extent[0] > 0 && extent[0] < extent[1] * 0.5 ? 0 : extent[0], extent[1]], range);
}

const extent = (values: readonly number[]): [number, number] => [
  values.reduce((a, b) => Math.min(a, b)),
  values.reduce((a, b) => Math.max(a, b)),
];

const dot = (place: string, colour: string): string => {
  const [x, y] = place.split(',');
  return `<circle cx="${x ?? 0}" cy="${y ?? 0}" r="3" fill="${colour}"/>`;
};

const verticalLine = (x: number, colour: string, more = ''): string =>
  `<line x1="${x.toFixed(1)}" x2="${x.toFixed(1)}" y1="${PLOT.top}" y2="${PLOT.bottom}" stroke="${colour}" ${more}/>`;

const horizontalLine = (y: number, colour: string): string =>
  `<line x1="${PLOT.left}" x2="${PLOT.right}" y1="${y.toFixed(1)}" y2="${y.toFixed(1)}" stroke="${colour}"/>`;

const text = (x: number, y: number, content: string, anchor = 'middle', more = ''): string =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}" ${more}>${escaped(content)}</text>`;

const escaped = (content: string): string =>
  content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** 1200000 as 1.2 M. */
function number(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e6) return `${Number((value / 1e6).toPrecision(3))} M`;
  if (size >= 1e4) return `${Number((value / 1e3).toPrecision(3))} k`;
  return String(Number(value.toPrecision(3)));
}
