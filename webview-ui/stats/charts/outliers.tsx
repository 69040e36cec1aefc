import { t } from '../../l10n.js';
import { apart, runsAbove, type Point } from './paths.js';
import { xOf, type Frame } from './scale.js';

/** The values of one line, under its name in the legend. */
export interface NamedPoints {
  readonly name: string;
  readonly points: readonly Point[];
}

/** Says which lines leave the scale and how far they go; empty when none does. */
export function beyondScale(lines: readonly NamedPoints[], top: number, format: (value: number) => string): string {
  return lines
    .map(({ name, points }) => ({ name, highest: Math.max(0, ...points.map(({ value = 0 }) => value)) }))
    .filter(({ highest }) => highest > top)
    .map(({ name, highest }) => t('{0}: up to {1}, above the scale', name, format(highest)))
    .join(' · ');
}

/** Pixels between two marks. */
const LEAST_DISTANCE = 8;

interface OutliersProps {
  readonly frame: Frame;
  readonly lines: readonly NamedPoints[];
}

/** Arrows at the upper edge, where a line leaves the scale. */
export function Outliers({ frame, lines }: OutliersProps) {
  const places = lines
    .flatMap(({ points }) => runsAbove(points, frame.top))
    .map((at) => xOf(frame, at))
    .toSorted((a, b) => a - b);
  const marks = apart(places, LEAST_DISTANCE).map((x) => `M${x} -6l4 6h-8Z`);
  return <path class="chart-outlier" d={marks.join('')} />;
}
