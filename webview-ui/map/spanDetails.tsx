import { useEffect } from 'preact/hooks';
import type { WindowView } from '../../inference/views.js';
import { post } from '../host.js';
import { t } from '../l10n.js';
import { UnpinButton } from '../pins/unpinButton.js';
import { IconButton } from '../shell/iconButton.js';
import { neighbour } from '../state/inspection.js';
import { dispatch, panel } from '../state/store.js';
import { inspectSpan } from './inspectSpan.js';
import { focusSpan } from './spanFocus.js';
import { spanFacts, spanTitle } from './spanLabel.js';

/** The text of the span that was clicked, exactly as the model sees it. */
export function SpanDetails({ window }: { readonly window: WindowView }) {
  const inspection = panel.inspection.value;
  const { id, length } = inspection?.span ?? {};
  const gone = inspection?.gone === true;
  useEffect(() => {
    // Also when it has grown: an answer that is being written.
    if (id !== undefined && !gone) post({ type: 'spanText', spanId: id });
  }, [id, length, gone]);
  if (!inspection) return null;
  const { span, text } = inspection;
  const close = (): void => {
    dispatch({ type: 'inspectionClosed' });
    focusSpan(span.id);
  };
  return (
    <section
      class="span-details"
      aria-label={t('Text of the span')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        close();
      }}
    >
      <header class="span-head">
        <span class={`swatch kind-${span.kind}`} aria-hidden="true" />
        <span class="span-title" title={spanTitle(span)}>
          {spanTitle(span)}
        </span>
        {span.kind === 'memory' && span.pinned && span.eventId !== undefined && (
          <UnpinButton eventId={span.eventId} title={span.title} />
        )}
        <Neighbour window={window} by={-1} icon="chevron-left" label={t('Previous Span')} />
        <Neighbour window={window} by={1} icon="chevron-right" label={t('Next Span')} />
        <IconButton icon="close" label={t('Close Span')} onClick={close} />
      </header>
      <p class="span-facts">{gone ? t('It has left the window.') : spanFacts(span, Date.now())}</p>
      {text !== undefined && (
        <pre class="span-text" tabIndex={0}>
          {text}
        </pre>
      )}
    </section>
  );
}

interface NeighbourProps {
  readonly window: WindowView;
  readonly by: 1 | -1;
  readonly icon: string;
  readonly label: string;
}

/** Spans may be too narrow for the mouse; this reaches each of them. */
function Neighbour({ window, by, icon, label }: NeighbourProps) {
  const inspection = panel.inspection.value;
  const target = inspection && neighbour(window, inspection, by);
  return <IconButton icon={icon} label={label} disabled={!target} onClick={() => target && inspectSpan(target)} />;
}
