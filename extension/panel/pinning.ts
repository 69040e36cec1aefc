import { l10n, window } from 'vscode';
import { append, unpin, windowNow } from '../../inference/protocol.js';
import type { Supervisor } from '../engine/supervisor.js';
import type { EditorContext } from './editorContext.js';
import type { PanelView } from './panelView.js';
import { notesNamed, pinnedNotes, pinnedOutlineLimits, pinRequest, type PinnedNote } from './pinnedNotes.js';

export interface PinningParts {
  readonly engine: Supervisor;
  readonly view: PanelView;
}

/** Characters of the title of a pinned note. */
const TITLE = 80;

/** `/pin`: a note, or the outline of a file. */
export async function pin(
  { engine, view, context }: PinningParts & { readonly context: EditorContext },
  rest: string,
): Promise<void> {
  const wanted = pinRequest(rest);
  if ('note' in wanted) {
    const title = wanted.note.split('\n', 1)[0]?.slice(0, TITLE) ?? '';
    try {
      await engine.request(append, [{ kind: 'memory', title, text: wanted.note }]);
    } catch (error) {
      // What was typed must not be lost with it: it may only be too long.
      view.post({ type: 'compose', text: `/pin ${rest}`, send: false });
      throw error;
    }
    return;
  }
  const found = await context.outline(wanted.path, pinnedOutlineLimits(await engine.request(windowNow)));
  if ('refused' in found) view.post({ type: 'notice', message: found.refused });
  else await engine.request(append, [{ kind: 'memory', title: found.label, text: found.text }]);
}

interface Choice {
  readonly label: string;
  readonly description: string;
  readonly note: PinnedNote;
}

/** `/unpin`: the one note that is meant, or those that the person chooses. */
export async function unpinByName({ engine, view }: PinningParts, words: string): Promise<void> {
  const notes = pinnedNotes(await engine.request(windowNow));
  const meant = notesNamed(notes, words);
  if (notes.length === 0) view.post({ type: 'notice', message: l10n.t('Nothing is pinned. /pin pins a note.') });
  else if (meant.length === 1) await unpinAll(engine, meant);
  else await unpinAll(engine, await choose(meant.length > 0 ? meant : notes));
}

async function unpinAll(engine: Supervisor, notes: readonly PinnedNote[]): Promise<void> {
  for (const { eventId } of notes) await engine.request(unpin, eventId);
}

async function choose(notes: readonly PinnedNote[]): Promise<readonly PinnedNote[]> {
  const choices = notes.map((note): Choice => ({
    label: note.title,
    description: l10n.t('{0} tokens', note.tokens),
    note,
  }));
  const chosen = await window.showQuickPick(choices, {
    title: l10n.t('Unpin'),
    placeHolder: l10n.t('What the model need not see for ever'),
    canPickMany: true,
  });
  return (chosen ?? []).map(({ note }) => note);
}
