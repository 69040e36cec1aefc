import { version as editor, type Uri } from 'vscode';
import type { DisposableStore } from '../base/lifecycle.js';
import { StatsHost, type StatsHostOptions } from './statsHost.js';
import { StatsPage } from './statsPage.js';

export interface StatsParts extends Omit<StatsHostOptions, 'page' | 'versions'> {
  readonly extensionUri: Uri;
  /** Of the extension. */
  readonly version: string;
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
