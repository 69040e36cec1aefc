import { l10n, window } from 'vscode';
import { eventAt } from '../../inference/protocol.js';
import type { Supervisor } from '../engine/supervisor.js';
import type { PanelView } from '../panel/panelView.js';
import { dayStart } from './dayStart.js';

/** "Jump to Date": scrolls the transcript to the first event of a day. */
export async function jumpToDate(engine: Supervisor, panel: PanelView): Promise<void> {
  const typed = await window.showInputBox({
    title: l10n.t('Jump to Date'),
    prompt: l10n.t('A day, such as 2026-03-31, or how many days ago, such as 7'),
    validateInput: (value) =>
      dayStart(value, Date.now()) === undefined ? l10n.t('Write a day such as 2026-03-31, or a number.') : undefined,
  });
  const at = typed === undefined ? undefined : dayStart(typed, Date.now());
  if (at === undefined) return;
  const eventId = await engine.request(eventAt, at);
  if (eventId !== null) await panel.reveal({ type: 'reveal', eventId });
}
