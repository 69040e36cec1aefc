import type { EditSettings } from '../settings/editSettings.js';
import type { Admission } from './admission.js';
import type { EditTracker } from './editTracker.js';
import type { StreamFeed } from './streamFeed.js';

/** What everything needs that is told beside the edits themselves. */
export interface BesideEdits {
  readonly admission: Admission;
  readonly feed: StreamFeed;
  readonly tracker: EditTracker;
  readonly settings: () => EditSettings;
  readonly isOn: () => boolean;
}
