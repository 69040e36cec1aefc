import { l10n, window } from 'vscode';
import { undoReset as request } from '../../inference/protocol.js';
import type { Supervisor } from '../engine/supervisor.js';

/** "Undo Reset": the window as it was, and what came since after it. */
export async function undoReset(engine: Supervisor): Promise<number> {
  const tokens = await engine.request(request);
  void window.showInformationMessage(
    l10n.t('The reset was undone: the window holds {0} tokens again.', tokens.toLocaleString()),
  );
  return tokens;
}
