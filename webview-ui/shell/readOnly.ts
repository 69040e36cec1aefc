import type { EngineState } from '../../inference/views.js';
import { t } from '../l10n.js';
import { modelOf } from '../stats/sinkFacts.js';

/** Whether another window of VS Code holds the session. */
export function isReadOnly(engine: EngineState): boolean {
  return modelOf(engine)?.readOnly === true;
}

export function readOnlyReason(): string {
  return t('Read-only: another window of VS Code holds this session. Close it to write here.');
}
