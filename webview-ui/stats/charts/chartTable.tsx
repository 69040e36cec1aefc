import { formatMoment } from '../../format.js';
import { t } from '../../l10n.js';
import type { ChartCardProps } from './chartCard.js';
import { sampleAt } from './paths.js';
import { tableMoments } from './series.js';

/** A chart as a table: a few moments, the newest first. */
export function ChartTable({ title, series, samples, from, to, height }: ChartCardProps) {
  const since = Math.max(from, samples[0]?.at ?? from);
  return (
    <div class="chart-table" style={{ minHeight: `${height}px` }} role="region" aria-label={title} tabIndex={0}>
      <table class="facts numbers">
        <thead>
          <tr>
            <th scope="col">{t('Time')}</th>
            {series.map(({ name, mark }) => (
              <th key={name} scope="col">
                <span class={mark} aria-hidden="true" />
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {tableMoments(since, to).map((at, index) => {
            const sample = sampleAt(samples, at);
            return (
              <tr key={index}>
                <th scope="row">{formatMoment(at, to)}</th>
                {series.map(({ name, text }) => (
                  <td key={name}>{(sample && text(sample)) || '–'}</td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
