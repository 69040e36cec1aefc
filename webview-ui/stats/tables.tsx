import type { WindowView } from '../../inference/views.js';
import { formatCount, formatShare } from '../format.js';
import { t } from '../l10n.js';
import type { StatsView } from './messages.js';
import { occupancy, occupantName } from './occupancy.js';
import { factTables, type FactTable } from './statsTables.js';

/** Every figure, in tables. */
export function Tables({ stats }: { readonly stats: StatsView }) {
  return (
    <section class="stats-section" aria-labelledby="in-detail">
      <div class="stats-section-head">
        <h2 id="in-detail">{t('In Detail')}</h2>
      </div>
      <div class="stats-tables">
        {stats.window && <OccupancyTable window={stats.window} />}
        {factTables(stats).map((table) => (
          <Facts key={table.caption} {...table} />
        ))}
      </div>
    </section>
  );
}

function Facts({ caption, facts, counts, empty }: FactTable) {
  if (facts.length === 0)
    return (
      <div class="facts-empty">
        <h3>{caption}</h3>
        <p>{empty}</p>
      </div>
    );
  return (
    <table class={counts ? 'facts numbers' : 'facts'}>
      <caption>{caption}</caption>
      <tbody>
        {facts.map(({ name, value }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function OccupancyTable({ window }: { readonly window: WindowView }) {
  return (
    <table class="facts numbers">
      <caption>{t('Occupancy')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('Kind')}</th>
          <th scope="col">{t('Spans')}</th>
          <th scope="col">{t('Tokens')}</th>
          <th scope="col">{t('Share')}</th>
        </tr>
      </thead>
      <tbody>
        {occupancy(window).map(({ kind, spans, tokens }) => (
          <tr key={kind}>
            <th scope="row">
              <span class={kind === 'free' ? 'swatch swatch-free' : `swatch kind-${kind}`} aria-hidden="true" />
              {occupantName(kind)}
            </th>
            <td>{kind === 'free' ? '' : formatCount(spans)}</td>
            <td>{formatCount(tokens)}</td>
            <td>{formatShare(tokens, window.capacity)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
