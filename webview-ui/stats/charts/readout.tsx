import { formatMoment } from '../../format.js';
import type { StatsSample } from '../messages.js';
import type { Series } from './series.js';

interface ReadoutProps {
  readonly series: readonly Series[];
  readonly sample: StatsSample;
  readonly at: number;
  readonly now: number;
  /** Pixels from the left edge of the chart. */
  readonly x: number;
  /** On the left of that point, where there is more room. */
  readonly leftwards: boolean;
}

/** What a chart says at the moment under the pointer. Only for the eye: the table says the same. */
export function Readout({ series, sample, at, now, x, leftwards }: ReadoutProps) {
  const said = series.map(({ name, mark, text }) => ({ name, mark, value: text(sample) }));
  return (
    <div class={leftwards ? 'readout readout-leftwards' : 'readout'} style={{ left: `${x}px` }} aria-hidden="true">
      <div class="readout-time">{formatMoment(at, now)}</div>
      {said
        .filter(({ value }) => value !== '')
        .map(({ name, mark, value }) => (
          <div key={name} class="readout-row">
            <span class={mark} />
            <span>{name}</span>
            <span class="readout-value">{value}</span>
          </div>
        ))}
    </div>
  );
}
