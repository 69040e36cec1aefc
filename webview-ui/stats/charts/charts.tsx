import { formatRate, formatTenths, LANGUAGE } from '../../format.js';
import { t } from '../../l10n.js';
import type { HistoryRange, StatsSample, StatsView } from '../messages.js';
import { choose, now, range } from '../statsStore.js';
import { axisStart } from './timeAxis.js';
import { LineChart } from './lineChart.js';
import { OccupancyChart } from './occupancyChart.js';

/** A stretch of time, and what is known of it. */
export interface TimeSpan {
  readonly samples: readonly StatsSample[];
  readonly from: number;
  readonly to: number;
}

/** Milliseconds between two samples of a reply above which there was a pause; more where samples are far apart. */
const PAUSE = 5000;
const PAUSE_SHARE = 0.02;

/** What the window was like over time. */
export function Charts({ stats }: { readonly stats: StatsView }) {
  const { history, window } = stats;
  const to = now.value;
  const from = axisStart(history, to);
  const span: TimeSpan = { samples: history.samples, from, to };
  return (
    <section class="stats-section" aria-labelledby="over-time">
      <div class="stats-section-head">
        <h2 id="over-time">{t('Over Time')}</h2>
        <RangeSelect />
      </div>
      <div class="charts">
        <OccupancyChart {...span} capacity={window?.capacity ?? 0} />
        <SurprisalChart {...span} />
        <SpeedChart {...span} />
        <LatencyChart {...span} />
      </div>
    </section>
  );
}

function RangeSelect() {
  return (
    <vscode-single-select
      label={t('Range of the charts')}
      value={range.value}
      onChange={({ currentTarget }) => choose(rangeNamed(currentTarget))}
    >
      <vscode-option value="recent" selected={range.value === 'recent'}>
        {t('Last 5 minutes')}
      </vscode-option>
      <vscode-option value="all" selected={range.value === 'all'}>
        {t('Since VS Code was opened')}
      </vscode-option>
    </vscode-single-select>
  );
}

function rangeNamed(select: EventTarget): HistoryRange {
  return 'value' in select && select.value === 'all' ? 'all' : 'recent';
}

function SurprisalChart(span: TimeSpan) {
  return (
    <LineChart
      {...span}
      id="surprisal"
      title={t('Surprisal (Nats per Token)')}
      lines={[
        { name: t('last readings'), look: 'first', value: ({ surprisal }) => surprisal },
        { name: t('usually'), look: 'second', value: ({ baseline }) => baseline },
      ]}
      summary={({ surprisal = 0 }) => t('The text surprises the model by {0} nats per token', formatTenths(surprisal))}
      format={formatTenths}
      empty={t('Nothing was read yet')}
      least={1}
      evictions
      hold
    />
  );
}

function SpeedChart(span: TimeSpan) {
  const latest = span.samples.findLast(({ tokensPerSecond }) => tokensPerSecond !== undefined)?.tokensPerSecond ?? 0;
  return (
    <LineChart
      {...span}
      id="speed"
      title={t('Tokens per Second')}
      lines={[{ name: t('tokens/s'), look: 'first', value: ({ tokensPerSecond }) => tokensPerSecond }]}
      summary={() => t('The last reply came with {0} tokens per second', formatRate(latest))}
      format={formatUpToTenths}
      empty={t('No reply was written yet')}
      hold={false}
      gap={Math.max(PAUSE, (span.to - span.from) * PAUSE_SHARE)}
    />
  );
}

function LatencyChart(span: TimeSpan) {
  return (
    <LineChart
      {...span}
      id="latency"
      title={t('Latency of a Token (Milliseconds)')}
      lines={[
        { name: t('median'), look: 'first', value: ({ latency }) => latency?.median },
        { name: t('95 % within'), look: 'second', value: ({ latency }) => latency?.p95 },
        { name: t('worst'), look: 'third', value: ({ latency }) => latency?.worst },
      ]}
      summary={({ latency }) =>
        latency
          ? t(
              'Half of the tokens came within {0} ms, 95 % within {1} ms, the worst after {2} ms',
              formatTenths(latency.median),
              formatTenths(latency.p95),
              formatTenths(latency.worst),
            )
          : t('No reply was written yet')
      }
      format={formatUpToTenths}
      empty={t('No reply was written yet')}
      outliers
      hold
    />
  );
}

function formatUpToTenths(value: number): string {
  return value.toLocaleString(LANGUAGE, { maximumFractionDigits: 1 });
}
