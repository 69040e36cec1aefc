import { t } from '../l10n.js';
import { PinList } from '../pins/pinList.js';
import { panel } from '../state/store.js';
import { Figures } from './figures.js';
import { Legend } from './legend.js';
import { SpanDetails } from './spanDetails.js';
import { WindowMap } from './windowMap.js';

/** What the model can see now: the map, its legend, its figures and, opened on demand, the sink stats. */
export function WindowSection() {
  const window = panel.window.value;
  if (!window) return null;
  return (
    <section class="window-section" aria-label={t('What the model can see')}>
      <WindowMap window={window} />
      <SpanDetails window={window} />
      <Legend window={window} />
      <Figures window={window} />
      <PinList window={window} />
    </section>
  );
}
