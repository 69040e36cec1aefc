import { commands, window, workspace } from 'vscode';
import { append, windowNow } from '../../inference/protocol.js';
import type { DisposableStore } from '../base/lifecycle.js';
import type { StreamParts } from '../streamParts.js';
import type { BesideEdits } from './besideEdits.js';
import { editLimits, outlineLimits } from './editLimits.js';
import { EditSwitch } from './editSwitch.js';
import { EditTracker } from './editTracker.js';
import { FileEvents } from './fileEvents.js';
import { showLeftOut } from './leftOut.js';
import { Outliner } from './outliner.js';
import { ProblemEvents } from './problemEvents.js';
import { StreamFeed } from './streamFeed.js';
import { WaitingEdits } from './waitingEdits.js';

/** Wires what feeds the editor's changes and outlines into the stream. */
export function streamEdits(
  { engine, admission, settings, code, cost, memory, log }: StreamParts,
  store: DisposableStore,
): { readonly tracker: EditTracker; readonly editSwitch: EditSwitch } {
  const feed = store.add(
    new StreamFeed(
      { isReady: () => engine.writable, append: (events) => engine.request(append, events) },
      log,
      new WaitingEdits(settings.storagePath, log),
      (reason) => void window.showWarningMessage(reason),
    ),
  );
  const share = (): number => settings.edits().windowShare;
  const tracker = store.add(
    new EditTracker({
      admission,
      feed,
      settings: () => settings.edits(),
      limits: () => editLimits(share(), engine.window?.capacity),
      code,
      cost,
      log,
    }),
  );
  const editSwitch = store.add(
    new EditSwitch({
      ...{ settings, memory, tracker },
      isTrusted: () => workspace.isTrusted,
      onDidGrantTrust: workspace.onDidGrantWorkspaceTrust,
    }),
  );
  const outliner = store.add(
    new Outliner({
      admission,
      feed,
      code,
      limits: () => outlineLimits(share(), engine.window?.capacity),
      window: () => engine.request(windowNow).catch(() => engine.window),
      isOn: () => editSwitch.on && settings.edits().events.includes('outline'),
    }),
  );
  const isOn = (): boolean => editSwitch.on;
  const beside: BesideEdits = { admission, feed, tracker, settings: () => settings.edits(), isOn };
  store.add(commands.registerCommand('endless.showLeftOut', () => showLeftOut(tracker.leftOut)));
  store.add(new FileEvents(beside));
  store.add(new ProblemEvents(beside));
  store.add(
    engine.onDidStart(() => {
      if (engine.writable) feed.takeOver();
      else feed.noteReadOnly();
      void feed.flush();
      void outliner.handleEditor(window.activeTextEditor);
    }),
  );
  return { tracker, editSwitch };
}
