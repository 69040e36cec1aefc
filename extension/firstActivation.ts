import { commands, type Memento } from 'vscode';
import { PANEL_VIEW } from './panel/panelView.js';

const WELCOMED_KEY = 'welcomed';

/** A new user sees the panel once without looking for it. */
export async function welcomeOnce(memory: Memento): Promise<void> {
  if (memory.get<boolean>(WELCOMED_KEY)) return;
  await memory.update(WELCOMED_KEY, true);
  await commands.executeCommand(`${PANEL_VIEW}.focus`);
}
