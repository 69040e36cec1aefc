import type { ComponentChildren } from 'preact';
import { useId, useRef, useState } from 'preact/hooks';
import { t } from '../../l10n.js';
import { useWidth } from '../../map/useWidth.js';
import { IconButton } from '../../shell/iconButton.js';
import type { StatsSample } from '../messages.js';
import { pointed, tables, toggleTable } from '../statsStore.js';
import { ChartTable } from './chartTable.js';
import { sampleAt } from './paths.js';
import { Readout } from './readout.js';
import { timeAt, valueTicks, xOf, yOf, type Frame } from './scale.js';
import type { Series } from './series.js';
import { timeTicks } from './timeAxis.js';

export interface ChartCardProps {
  /** Names the chart in what the page remembers. */
  readonly id: string;
  readonly title: string;
  /** What the chart says, in words: its text alternative. */
  readonly summary: string;
  readonly series: readonly Series[];
  readonly samples: readonly StatsSample[];
  readonly from: number;
  readonly to: number;
  /** Value at the upper edge. */
  readonly top: number;
  /** What leaves the scale, in words; empty or absent where nothing does. */
  readonly beyond?: string;
  readonly format: (value: number) => string;
  /** Pixels of the plot. */
  readonly height: number;
  readonly wide?: boolean;
  readonly draw: (frame: Frame) => ComponentChildren;
}

/** Pixels around the plot: for the labels of the values and of the times. */
const GUTTER = { left: 48, right: 12, top: 8, bottom: 20 };

/** Pixels that half a label needs on its right. */
const LABEL_ROOM = 24;

const VALUE_TICKS = 5;

/** A chart with its legend, and the same as a table. */
export function ChartCard(props: ChartCardProps) {
  const { id, title, series, wide, beyond = '' } = props;
  const heading = useId();
  const asTable = tables.value.has(id);
  return (
    <section class={wide ? 'chart chart-wide' : 'chart'} aria-labelledby={heading}>
      <div class="chart-head">
        <h3 id={heading}>{title}</h3>
        <IconButton
          icon={asTable ? 'graph-line' : 'table'}
          label={asTable ? t('{0}: Show as Chart', title) : t('{0}: Show as Table', title)}
          onClick={() => toggleTable(id)}
        />
      </div>
      {asTable ? <ChartTable {...props} /> : <Plot {...props} />}
      {!asTable && series.length > 1 && (
        <ul class="legend" aria-hidden="true">
          {series.map(({ name, mark }) => (
            <li key={name}>
              <span class={mark} />
              {name}
            </li>
          ))}
        </ul>
      )}
      {!asTable && beyond !== '' && (
        <p class="chart-beyond">
          <span aria-hidden="true">▲ </span>
          {beyond}
        </p>
      )}
    </section>
  );
}

/** The moment under the pointer is marked in every chart, and read out in its own. */
function Plot({ summary, series, samples, from, to, top, format, height, draw }: ChartCardProps) {
  const box = useRef<HTMLDivElement>(null);
  const width = Math.max(0, useWidth(box) - GUTTER.left - GUTTER.right);
  const frame: Frame = { from, to, top, width, height };
  const [hovered, setHovered] = useState(false);
  const at = pointed.value;
  const under = at === undefined ? undefined : sampleAt(samples, at);
  const follow = (event: PointerEvent): void => {
    const left = box.current?.getBoundingClientRect().left ?? 0;
    pointed.value = timeAt(frame, event.clientX - left - GUTTER.left);
    setHovered(true);
  };
  return (
    <div
      ref={box}
      class="chart-plot"
      // Before it is drawn as well: the page is scrolled to where it was.
      style={{ minHeight: `${height + GUTTER.top + GUTTER.bottom}px` }}
      onPointerMove={follow}
      onPointerLeave={() => {
        pointed.value = undefined;
        setHovered(false);
      }}
    >
      {width > 0 && (
        <svg
          role="img"
          aria-label={summary}
          width={width + GUTTER.left + GUTTER.right}
          height={height + GUTTER.top + GUTTER.bottom}
        >
          <g transform={`translate(${GUTTER.left} ${GUTTER.top})`}>
            <Axes frame={frame} format={format} />
            {draw(frame)}
            {at !== undefined && under && (
              <line class="chart-cross" x1={xOf(frame, at)} x2={xOf(frame, at)} y2={height} />
            )}
          </g>
        </svg>
      )}
      {hovered && at !== undefined && under && (
        <Readout
          {...{ series, at }}
          sample={under}
          now={to}
          x={GUTTER.left + xOf(frame, at)}
          leftwards={xOf(frame, at) > width / 2}
        />
      )}
    </div>
  );
}

function Axes({ frame, format }: { readonly frame: Frame; readonly format: (value: number) => string }) {
  const { from, to, top, width, height } = frame;
  return (
    <>
      {valueTicks(top, VALUE_TICKS).map((value) => (
        <g key={value} transform={`translate(0 ${yOf(frame, value)})`}>
          <line class={value === 0 ? 'chart-base' : 'chart-grid'} x2={width} />
          <text class="chart-label" x={-8} dy="0.32em" text-anchor="end">
            {format(value)}
          </text>
        </g>
      ))}
      {timeTicks(from, to, width).map(({ at, label }) => (
        <g key={at} transform={`translate(${xOf(frame, at)} ${height})`}>
          <line class="chart-base" y2={4} />
          {xOf(frame, at) <= width - LABEL_ROOM && (
            <text class="chart-label" y={16} text-anchor="middle">
              {label}
            </text>
          )}
        </g>
      ))}
    </>
  );
}
