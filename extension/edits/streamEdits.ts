import { window, type Memento } from 'vscode';
import { append } from '../../inference/protocol.js';
import type { DisposableStore } from '../base/lifecycle.js';
import type { Log } from '../base/log.js';
import type { Supervisor } from '../engine/supervisor.js';
import type { Settings } from '../settings/settings.js';
import type { Admission } from './admission.js';
import { EditSwitch } from './editSwitch.js';
import { EditTracker } from './editTracker.js';
import { makeOutlineByLines } from './outline.js';
import { Outliner } from './outliner.js';
import { StreamFeed } from './streamFeed.js';
import { findSymbolsByIndentation } from './symbols.js';

export interface StreamEditsParts {
  readonly engine: Supervisor;
  readonly admission: Admission;
  readonly settings: Settings;
  /** Memory of the workspace. */
  readonly memory: Memento;
  readonly log: Log;
}

/** Wires what feeds the editor's changes and outlines into the stream. */
export function streamEdits(
  { engine, admission, settings, memory, log }: StreamEditsParts,
  store: DisposableStore,
): { readonly tracker: EditTracker; readonly editSwitch: EditSwitch } {
  const feed = new StreamFeed({ isReady: () => engine.ready, append: (events) => engine.request(append, events) }, log);
  const findSymbols = findSymbolsByIndentation;
  const tracker = store.add(new EditTracker({ admission, feed, settings: () => settings.edits(), findSymbols, log }));
  const editSwitch = store.add(new EditSwitch(settings, memory, tracker));
  const outliner = store.add(
    new Outliner({
      admission,
      feed,
      makeOutline: makeOutlineByLines,
      window: () => engine.window,
      isOn: () => editSwitch.on,
    }),
  );
  store.add(
    engine.onDidStart(() => {
      void feed.flush();
      void outliner.handleEditor(window.activeTextEditor);
    }),
  );
  return { tracker, editSwitch };
}
