import * as path from 'node:path';
import { ExtensionMode, l10n, window, type ExtensionContext } from 'vscode';
import { EventCost } from './base/eventCost.js';
import { DisposableStore } from './base/lifecycle.js';
import { registerCommands } from './commands/registerCommands.js';
import { remedies } from './commands/remedies.js';
import { WindowTextDocument } from './commands/windowText.js';
import { offerCompletions } from './completion/offerCompletions.js';
import { Admission } from './edits/admission.js';
import { leftOutViews } from './edits/leftOut.js';
import { streamEdits } from './edits/streamEdits.js';
import { EngineProcess } from './engine/engineProcess.js';
import { Leave } from './engine/leave.js';
import { localizedEngineTexts } from './engine/localizedEngineTexts.js';
import { Supervisor } from './engine/supervisor.js';
import { welcomeOnce } from './firstActivation.js';
import { registerExplainActions } from './panel/askAbout.js';
import { EditorContext } from './panel/editorContext.js';
import { openPanel } from './panel/openPanel.js';
import { Proposals } from './proposal/proposals.js';
import { RestartOnSettings } from './settings/restartOnSettings.js';
import { Settings } from './settings/settings.js';
import { openStats } from './stats/openStats.js';
import { StatusBar } from './status/statusBar.js';
import type { StreamParts } from './streamParts.js';
import { readCode } from './syntax/readCode.js';
import type { TestApi } from './testApi.js';

let leave: Leave | undefined;

/** The composition root: builds every part and hands each what it needs. */
export function activate(context: ExtensionContext): TestApi | undefined {
  const store = new DisposableStore();
  context.subscriptions.push(store);
  const { extensionUri, extensionPath, extensionMode, workspaceState: memory, globalState } = context;
  const log = store.add(window.createOutputChannel(l10n.t('Endless'), { log: true }));
  const settings = store.add(new Settings(context));

  const modulePath = path.join(extensionPath, 'dist', 'engine.mjs');
  // Not in the store: it ends by `leave`.
  const engine = new Supervisor({
    spawn: () => new EngineProcess({ modulePath, textsPath: l10n.uri?.fsPath, log }),
    readParams: () => settings.startParams(),
    texts: localizedEngineTexts,
    log,
  });
  store.add(new RestartOnSettings(engine, settings));

  const changeCost = new EventCost();
  const code = readCode(extensionPath, changeCost, log, store);
  const admission = store.add(new Admission(settings, log));
  const parts: StreamParts = { engine, admission, settings, code, cost: changeCost, memory, log };
  const { tracker, editSwitch } = streamEdits(parts, store);
  const settleEdits = (): Promise<void> => tracker.settleAll();
  leave = store.add(new Leave(engine, settleEdits));
  const editorContext = new EditorContext(admission, code);
  const proposals = store.add(new Proposals());
  const applyRemedy = remedies(log);
  const { panel, conversation } = openPanel(
    { engine, extensionUri, context: editorContext, proposals, settleEdits, applyRemedy, log },
    store,
  );
  const completions = offerCompletions(parts, store);
  const stats = openStats(
    {
      ...{ engine, extensionUri, applyRemedy, log },
      version: String((context.extension.packageJSON as { readonly version?: unknown }).version),
      leftOut: () => leftOutViews(tracker.leftOut),
      completions: () => completions.acceptance.view,
      onDidCount: completions.acceptance.onDidChange,
    },
    store,
  );

  const windowText = store.add(new WindowTextDocument(engine));
  store.add(
    registerCommands({
      engine,
      conversation,
      panel,
      context: editorContext,
      proposals,
      edits: editSwitch,
      windowText,
      stats: stats.page,
      log,
    }),
  );
  store.add(registerExplainActions());
  store.add(new StatusBar(engine, editSwitch, completions.snooze));

  void engine.restart();
  void welcomeOnce(globalState);
  return extensionMode === ExtensionMode.Test
    ? { engine, conversation, panel, stats, proposals, edits: tracker, completions, changeCost }
    : undefined;
}

/** Lets the last edits reach the journal and the engine save what it has; VS Code waits a few seconds for it. */
export async function deactivate(): Promise<void> {
  await leave?.leave();
}
