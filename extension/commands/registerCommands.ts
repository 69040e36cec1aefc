import { commands, l10n, Uri, window, type LogOutputChannel } from 'vscode';
import { DisposableStore, type IDisposable } from '../base/lifecycle.js';
import type { EditSwitch } from '../edits/editSwitch.js';
import { EngineError, RequestCancelledError } from '../engine/engineError.js';
import type { Supervisor } from '../engine/supervisor.js';
import { askAbout, explainProblem } from '../panel/askAbout.js';
import type { Conversation } from '../panel/conversation.js';
import type { EditorContext } from '../panel/editorContext.js';
import type { PanelView } from '../panel/panelView.js';
import type { Proposals } from '../proposal/proposals.js';
import type { StatsPage } from '../stats/statsPage.js';
import { askForTarget, exportTranscript } from '../transcript/exportTranscript.js';
import { jumpToDate } from '../transcript/jumpToDate.js';
import { chooseModel, pickGguf, useBuiltInModel } from './chooseModel.js';
import { reAnchorWindow } from './reAnchorWindow.js';
import { resetWindow } from './resetWindow.js';
import { toggleEdits } from './toggleEdits.js';
import { undoReset } from './undoReset.js';
import type { WindowTextDocument } from './windowText.js';

export interface CommandParts {
  readonly engine: Supervisor;
  readonly conversation: Conversation;
  readonly panel: PanelView;
  readonly context: EditorContext;
  readonly proposals: Proposals;
  readonly edits: EditSwitch;
  readonly windowText: WindowTextDocument;
  readonly stats: StatsPage;
  readonly log: LogOutputChannel;
}

/** All commands of the manifest. */
export function registerCommands(parts: CommandParts): IDisposable {
  const { engine, conversation, panel, context, proposals, edits, windowText, stats, log } = parts;
  const table: Readonly<Record<string, (argument?: unknown) => unknown>> = {
    'endless.resetWindow': () => resetWindow(engine),
    'endless.undoReset': () => undoReset(engine),
    'endless.reAnchor': () => reAnchorWindow(engine),
    'endless.showSinkStats': () => stats.show(),
    'endless.showWindowText': () => windowText.show(),
    'endless.chooseModel': () => chooseModel(pickGguf),
    'endless.useBuiltInModel': async () => {
      await useBuiltInModel();
      // The setting may have been right all along, and the engine failed for another reason.
      if (engine.state.phase === 'failed') await engine.restart();
    },
    'endless.restartEngine': () => engine.restart(),
    'endless.focusChat': () => panel.reveal({ type: 'focus' }),
    'endless.findInTranscript': () => panel.reveal({ type: 'find' }),
    'endless.jumpToDate': () => jumpToDate(engine, panel),
    'endless.exportTranscript': (target) =>
      exportTranscript(engine, target instanceof Uri ? () => Promise.resolve(target) : askForTarget),
    'endless.askAbout': () => askAbout({ engine, panel, context }),
    'endless.explainProblem': (problem) => explainProblem({ engine, panel, context }, problem),
    'endless.stop': () => conversation.stop(),
    'endless.acceptProposal': () => proposals.accept(),
    'endless.rejectProposal': () => proposals.reject(),
    'endless.toggleEdits': () => toggleEdits(edits),
    'endless.showLog': () => log.show(),
  };
  const store = new DisposableStore();
  for (const [command, run] of Object.entries(table))
    store.add(commands.registerCommand(command, (argument?: unknown) => guarded(() => run(argument), log)));
  return store;
}

/** What fails is told in one place, with what the error itself says to do next. */
async function guarded(run: () => unknown, log: LogOutputChannel): Promise<unknown> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof RequestCancelledError) return undefined;
    if (!(error instanceof EngineError)) throw error;
    log.warn(error.message);
    const showLog = l10n.t('Show Log');
    void window.showErrorMessage(error.message, showLog).then((chosen) => {
      if (chosen === showLog) log.show();
    });
    return undefined;
  }
}
