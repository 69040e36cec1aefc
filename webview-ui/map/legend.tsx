import type { WindowView } from '../../inference/views.js';
import { t } from '../l10n.js';
import { kindName, SPAN_KINDS } from './spanKind.js';

/** Names the colours of what is in the window now. */
export function Legend({ window }: { readonly window: WindowView }) {
  const present = new Set(window.spans.map((span) => span.kind));
  return (
    <ul class="legend" aria-label={t('Legend')}>
      {SPAN_KINDS.filter((kind) => present.has(kind)).map((kind) => (
        <li key={kind}>
          <span class={`swatch kind-${kind}`} aria-hidden="true" />
          {kindName(kind)}
        </li>
      ))}
      <li>
        <span class="swatch swatch-free" aria-hidden="true" />
        {t('free')}
      </li>
    </ul>
  );
}
