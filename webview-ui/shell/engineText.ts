import type { EngineState } from '../../inference/views.js';
import { t } from '../l10n.js';

/** Name of the codicon for a state of the engine. */
export function engineIcon(engine: EngineState): string {
  switch (engine.phase) {
    case 'starting':
    case 'restarting':
      return 'loading codicon-modifier-spin';
    case 'failed':
      return 'error';
    case 'ready':
    case 'answering':
      return 'chip';
  }
}

/** A state of the engine in a word or two. */
export function engineText(engine: EngineState): string {
  switch (engine.phase) {
    case 'starting':
      return engine.detail === '' ? t('Starting…') : engine.detail;
    case 'restarting':
      return t('Restarting, attempt {0}', engine.attempt);
    case 'failed':
      return t('Not running');
    case 'ready':
      return t('Ready');
    case 'answering':
      return t('Answering…');
  }
}
