import type { EventCost } from './base/eventCost.js';
import type { Completions } from './completion/offerCompletions.js';
import type { EditTracker } from './edits/editTracker.js';
import type { Supervisor } from './engine/supervisor.js';
import type { Conversation } from './panel/conversation.js';
import type { PanelView } from './panel/panelView.js';
import type { StatsHost } from './stats/statsHost.js';
import type { StatsPage } from './stats/statsPage.js';
import type { Proposals } from './proposal/proposals.js';

/** What tests inside the extension host may touch; `activate` returns it in no other mode. */
export interface TestApi {
  readonly engine: Supervisor;
  readonly conversation: Conversation;
  readonly panel: PanelView;
  readonly stats: { readonly page: StatsPage; readonly host: StatsHost };
  readonly proposals: Proposals;
  readonly edits: EditTracker;
  readonly completions: Completions;
  /** What the changes of documents take. */
  readonly changeCost: EventCost;
}
