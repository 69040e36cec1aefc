import { SLASH_COMMANDS, type AttachmentKind, type SlashName } from '../messages.js';
import { t } from '../l10n.js';

/** One line of the popup over the composer. */
export type Suggestion =
  | { readonly type: 'slash'; readonly name: SlashName; readonly word: string; readonly detail: string }
  /** A word that stays in the text. */
  | { readonly type: 'word'; readonly word: string; readonly detail: string }
  | { readonly type: 'attach'; readonly what: AttachmentKind; readonly word: string; readonly detail: string };

/** The word before the cursor that asks for suggestions, and where it begins. */
export interface Asked {
  readonly start: number;
  readonly word: string;
}

/** `/` at the very beginning asks for commands, `@` at the beginning of a word for attachments. */
export function askedFor(draft: string, cursor: number): Asked | undefined {
  const before = draft.slice(0, cursor);
  const word = /^\/\w*$|(?<=^|\s)@\w*$/.exec(before)?.[0];
  return word === undefined ? undefined : { start: before.length - word.length, word };
}

/** @param draft the whole text: after `/pin` an `@` names what is pinned. */
export function suggestionsFor(word: string, draft: string): readonly Suggestion[] {
  const all = word.startsWith('/')
    ? slashSuggestions()
    : /^\/pin\s/.test(draft)
      ? pinSuggestions()
      : attachSuggestions();
  return all.filter((suggestion) => suggestion.word.startsWith(word.toLowerCase()));
}

/** The command that a draft begins with, and the rest of it. */
export function slashOf(draft: string): { readonly name: SlashName; readonly rest: string } | undefined {
  const [, word, rest = ''] = /^\/(\w+)(?:\s+([\s\S]*))?$/.exec(draft.trim()) ?? [];
  const name = SLASH_COMMANDS.find((known) => known === word);
  return name && { name, rest: rest.trim() };
}

function slashSuggestions(): readonly Suggestion[] {
  return SLASH_COMMANDS.map((name) => ({ type: 'slash', name, word: `/${name}`, detail: slashDetail(name) }));
}

function attachSuggestions(): readonly Suggestion[] {
  return [
    { type: 'attach', what: 'file', word: '@file', detail: t('The file in the editor') },
    { type: 'attach', what: 'path', word: '@path', detail: t('A file of the workspace') },
    { type: 'attach', what: 'selection', word: '@selection', detail: t('What is selected in the editor') },
    { type: 'attach', what: 'symbol', word: '@symbol', detail: t('A symbol of the file or of the workspace') },
    { type: 'attach', what: 'problems', word: '@problems', detail: t('The problems of the file') },
  ];
}

function pinSuggestions(): readonly Suggestion[] {
  return [{ type: 'word', word: '@file', detail: t('The outline of the file in the editor') }];
}

function slashDetail(name: SlashName): string {
  switch (name) {
    case 'explain':
      return t('Explain the selection');
    case 'fix':
      return t('Find and fix what is wrong with the selection');
    case 'test':
      return t('Write tests for the selection');
    case 'doc':
      return t('Document the selection');
    case 'pin':
      return t('Pin a note, or the outline of a file, so that the model always sees it');
    case 'unpin':
      return t('Take a pin off');
    case 'reset':
      return t('Reset the window');
    case 'stats':
      return t('Show the sink stats');
    case 'help':
      return t('Tell what can be typed here');
  }
}
