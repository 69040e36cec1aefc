import { formatBytes, formatCount, formatMoment, formatShare } from '../format.js';
import { t } from '../l10n.js';
import type { AcceptanceView } from '../messages.js';
import type { StatsView } from './messages.js';
import { deviceFacts, modelFacts, modelOf, policyFacts, streamFacts, timeFacts, type Fact } from './sinkFacts.js';

export interface FactTable {
  readonly caption: string;
  readonly facts: readonly Fact[];
  /** Long names, short values. */
  readonly counts?: true;
  /** Said instead of an empty table. */
  readonly empty?: string;
}

/** Every figure of the page but the occupancy, in the order of the page and of the report. */
export function factTables(stats: StatsView): readonly FactTable[] {
  const { engine, window, facts } = stats;
  const model = modelOf(engine);
  return [
    ...(window
      ? [
          { caption: t('Policy'), facts: policyFacts(window, model, facts) },
          { caption: t('Stream'), facts: streamFacts(window) },
          { caption: t('Time'), facts: timeFacts(window) },
        ]
      : []),
    ...(model
      ? [
          { caption: t('Model'), facts: modelFacts(model) },
          { caption: t('Device'), facts: deviceFacts(model, facts) },
        ]
      : []),
    ...(facts ? [{ caption: t('On Disk'), facts: diskFacts(stats) }] : []),
    { caption: t('Completions'), facts: completionFacts(stats.completions, stats.now) },
    {
      caption: t('Left Out'),
      facts: stats.leftOut.map(({ reason, count }) => ({ name: reason, value: formatCount(count) })),
      counts: true,
      empty: t('Nothing was left out of the session.'),
    },
    { caption: t('Versions'), facts: versionFacts(stats) },
  ];
}

function diskFacts({ facts, now }: StatsView): readonly Fact[] {
  if (!facts) return [];
  const { journal, checkpoints, checkpointCount, newestCheckpoint } = facts.storage;
  return [
    { name: t('Journal'), value: t('{0}, {1} events', formatBytes(journal), formatCount(facts.events)) },
    { name: t('Checkpoints'), value: t('{0}, {1} of them', formatBytes(checkpoints), checkpointCount) },
    ...(newestCheckpoint === undefined ? [] : [{ name: t('Last saved'), value: formatMoment(newestCheckpoint, now) }]),
  ];
}

function completionFacts(counts: AcceptanceView, now: number): readonly Fact[] {
  const { shown, accepted, characters, judged, kept, since } = counts;
  return [
    { name: t('Shown'), value: formatCount(shown) },
    { name: t('Accepted'), value: share(accepted, shown) },
    { name: t('Kept after 30 s'), value: share(kept, judged) },
    { name: t('Characters'), value: formatCount(characters) },
    { name: t('Counted since'), value: formatMoment(since, now) },
  ];
}

/** `12 of 40 (30%)` */
function share(part: number, whole: number): string {
  return whole === 0 ? '–' : t('{0} of {1} ({2})', formatCount(part), formatCount(whole), formatShare(part, whole));
}

function versionFacts({ versions }: StatsView): readonly Fact[] {
  return [
    { name: t('Endless'), value: versions.extension },
    { name: t('VS Code'), value: versions.editor },
    { name: t('System'), value: versions.system },
  ];
}
