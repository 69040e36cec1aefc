import type { StatsSample } from '../messages.js';
import { ChartCard } from './chartCard.js';
import type { TimeSpan } from './charts.js';
import { Evictions, evictionSeries } from './evictions.js';
import { linePath, type LineOptions } from './paths.js';
import { roundTop } from './scale.js';
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
    hold,
    gap,
  } = props;
  const values = samples.flatMap((sample) => lines.flatMap(({ value }) => value(sample) ?? []));
  const newest = samples.at(-1);
  return (
    <ChartCard
      {...{ id, title, samples, from, to, format }}
      series={[...lines.map((line) => lineSeries(line, format)), ...(evictions ? [evictionSeries()] : [])]}
      summary={newest && values.length > 0 ? summary(newest) : empty}
      top={roundTop(Math.max(least, ...values), VALUE_STEPS)}
      height={120}
      draw={(frame) =>
        values.length === 0 ? (
          <text class="chart-empty" x={frame.width / 2} y={frame.height / 2} text-anchor="middle">
            {empty}
          </text>
        ) : (
          <>
            {lines.map(({ name, look, value }) => (
              <path
                key={name}
                class={`line line-${look}`}
                d={linePath(
                  frame,
                  samples.map((sample) => ({ at: sample.at, value: value(sample) })),
                  { hold, ...(gap === undefined ? {} : { gap }) },
                )}
              />
            ))}
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
