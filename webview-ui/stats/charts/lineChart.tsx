import type { StatsSample } from '../messages.js';
import { ChartCard } from './chartCard.js';
import type { TimeSpan } from './charts.js';
import { Evictions, evictionSeries } from './evictions.js';
import { beyondScale, Outliers } from './outliers.js';
import { linePath, type LineOptions } from './paths.js';
import { roundTop, usualReach } from './scale.js';
import type { Series } from './series.js';

/** One line of a chart. The first is solid, the others are dashed each in its own way. */
export interface Line {
  readonly name: string;
  readonly look: 'first' | 'second' | 'third';
  readonly value: (sample: StatsSample) => number | undefined;
}

interface LineChartProps extends TimeSpan, LineOptions {
  readonly id: string;
  readonly title: string;
  readonly lines: readonly Line[];
  /** Says what the newest sample says. */
  readonly summary: (newest: StatsSample) => string;
  readonly format: (value: number) => string;
  /** Said while there is nothing to draw. */
  readonly empty: string;
  /** Whether evictions are marked, since the lines may jump there. */
  readonly evictions?: boolean;
  /** The value at the upper edge is at least this, so that next to nothing looks like it. */
  readonly least?: number;
  /** Whether single values far above the others leave the scale, marked and said, so that the others keep their shape. */
  readonly outliers?: boolean;
}

const VALUE_STEPS = 4;

/** Lines over time, from 0 up. */
export function LineChart(props: LineChartProps) {
  const {
    id,
    title,
    lines,
    samples,
    from,
    to,
    summary,
    format,
    empty,
    least = 0,
    evictions = false,
    outliers = false,
    hold,
    gap,
  } = props;
  const drawn = lines.map(({ name, look, value }) => ({
    ...{ name, look },
    points: samples.map((sample) => ({ at: sample.at, value: value(sample) })),
  }));
  const values = drawn.flatMap(({ points }) => points.flatMap(({ value }) => value ?? []));
  const top = roundTop(Math.max(least, outliers ? usualReach(values) : Math.max(0, ...values)), VALUE_STEPS);
  const newest = samples.at(-1);
  return (
    <ChartCard
      {...{ id, title, samples, from, to, format }}
      series={[...lines.map((line) => lineSeries(line, format)), ...(evictions ? [evictionSeries()] : [])]}
      summary={newest && values.length > 0 ? summary(newest) : empty}
      top={top}
      beyond={beyondScale(drawn, top, format)}
      height={120}
      draw={(frame) =>
        values.length === 0 ? (
          <text class="chart-empty" x={frame.width / 2} y={frame.height / 2} text-anchor="middle">
            {empty}
          </text>
        ) : (
          <>
            {drawn.map(({ name, look, points }) => (
              <path
                key={name}
                class={`line line-${look}`}
                d={linePath(frame, points, { hold, ...(gap === undefined ? {} : { gap }) })}
              />
            ))}
            <Outliers frame={frame} lines={drawn} />
            {evictions && <Evictions {...{ frame, samples }} />}
          </>
        )
      }
    />
  );
}

function lineSeries({ name, look, value }: Line, format: (value: number) => string): Series {
  return {
    name,
    mark: `stroke stroke-${look}`,
    text: (sample) => {
      const said = value(sample);
      return said === undefined ? '' : format(said);
    },
  };
}
