import { commands, l10n, Uri, window, workspace } from 'vscode';
import { transcript } from '../../inference/protocol.js';
import type { EventView } from '../../inference/views.js';
import type { Supervisor } from '../engine/supervisor.js';
import { localTime } from './localTime.js';
import { transcriptMarkdown, type TranscriptTexts } from './transcriptMarkdown.js';

/** Events of one request to the journal. */
const PAGE = 500;

/** Asks where to; injected, since tests have no dialogs. */
export type ChooseTarget = () => Promise<Uri | undefined>;

export const askForTarget: ChooseTarget = async () => {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  return window.showSaveDialog({
    title: l10n.t('Export Transcript'),
    filters: { Markdown: ['md'] },
    ...(folder ? { defaultUri: Uri.joinPath(folder, 'endless-transcript.md') } : {}),
  });
};

/** "Export Transcript to Markdown": the whole journal, oldest first. */
export async function exportTranscript(engine: Supervisor, chooseTarget: ChooseTarget): Promise<void> {
  const target = await chooseTarget();
  if (!target) return;
  const text = transcriptMarkdown(await wholeJournal(engine), texts());
  await workspace.fs.writeFile(target, new TextEncoder().encode(text));
  const open = l10n.t('Open');
  void window
    .showInformationMessage(l10n.t('The transcript was exported to {0}.', workspace.asRelativePath(target)), open)
    .then((chosen) => (chosen === open ? commands.executeCommand('vscode.open', target) : undefined));
}

async function wholeJournal(engine: Supervisor): Promise<EventView[]> {
  const pages: (readonly EventView[])[] = [];
  for (let before: number | undefined; ;) {
    const page = await engine.request(transcript, { ...(before === undefined ? {} : { before }), limit: PAGE });
    pages.unshift(page.events);
    before = page.events[0]?.id;
    if (!page.more || before === undefined) return pages.flat();
  }
}

function texts(): TranscriptTexts {
  return {
    title: l10n.t('Endless: transcript of {0}', workspace.name ?? l10n.t('this window')),
    kinds: {
      system: l10n.t('Instructions'),
      memory: l10n.t('Memory'),
      message: l10n.t('You'),
      reply: l10n.t('Endless'),
      edit: l10n.t('Edit'),
      outline: l10n.t('Outline'),
      recall: l10n.t('Recalled'),
      reset: l10n.t('Window reset'),
      undoReset: l10n.t('Reset undone'),
      unpin: l10n.t('Unpinned'),
    },
    interrupted: l10n.t('Interrupted'),
    time: localTime,
  };
}
