import { l10n, ProgressLocation, window } from 'vscode';
import { reAnchor } from '../../inference/protocol.js';
import type { Supervisor } from '../engine/supervisor.js';

/** "Re-anchor the Window": its text stays, its cache is made anew. */
export async function reAnchorWindow(engine: Supervisor): Promise<number> {
  const tokens = await window.withProgress(
    { location: ProgressLocation.Window, title: l10n.t('Endless: evaluating the window again') },
    () => engine.request(reAnchor),
  );
  void window.showInformationMessage(
    l10n.t('The window was evaluated again: {0} tokens. Its text is the same.', tokens),
  );
  return tokens;
}
