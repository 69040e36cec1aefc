import type { Memento } from 'vscode';
import type { EventCost } from './base/eventCost.js';
import type { Log } from './base/log.js';
import type { Admission } from './edits/admission.js';
import type { Supervisor } from './engine/supervisor.js';
import type { Settings } from './settings/settings.js';
import type { CodeReader } from './syntax/codeReader.js';

/** What both directions between editor and stream are made of: edits go in, completions come out. */
export interface StreamParts {
  readonly engine: Supervisor;
  readonly admission: Admission;
  readonly settings: Settings;
  readonly code: CodeReader;
  /** Of the changes of documents. */
  readonly cost: EventCost;
  /** Memory of the workspace. */
  readonly memory: Memento;
  readonly log: Log;
}
