import { version as editor, type Uri } from 'vscode';
import type { Event } from 'vscode-jsonrpc/node';
import type { AcceptanceView } from '../../webview-ui/messages.js';
import type { LeftOutView } from '../../webview-ui/stats/messages.js';
import type { DisposableStore } from '../base/lifecycle.js';
import type { Log } from '../base/log.js';
import type { ApplyRemedy } from '../commands/remedies.js';
import type { Supervisor } from '../engine/supervisor.js';
import { StatsHost } from './statsHost.js';
import { StatsPage } from './statsPage.js';

export interface StatsParts {
  readonly engine: Supervisor;
  readonly extensionUri: Uri;
  /** Of the extension. */
  readonly version: string;
  readonly leftOut: () => readonly LeftOutView[];
  readonly completions: () => AcceptanceView;
  readonly onDidCount: Event<unknown>;
  readonly applyRemedy: ApplyRemedy;
  readonly log: Log;
}

/** Wires the sink stats: their page, and what keeps the history and answers the page. */
export function openStats(
  parts: StatsParts,
  store: DisposableStore,
): { readonly page: StatsPage; readonly host: StatsHost } {
  const page = store.add(new StatsPage(parts.extensionUri, parts.log));
  const versions = { extension: parts.version, editor, system: `${process.platform} ${process.arch}` };
  return { page, host: store.add(new StatsHost({ ...parts, page, versions })) };
}
