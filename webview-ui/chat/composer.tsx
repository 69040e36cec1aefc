import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { EngineState } from '../../inference/views.js';
import { post } from '../host.js';
import { t } from '../l10n.js';
import { IconButton } from '../shell/iconButton.js';
import { isReadOnly } from '../shell/readOnly.js';
import { dispatch, panel } from '../state/store.js';
import { AttachmentChips } from './attachmentChips.js';
import { composed } from './compose.js';
import { costOf, isWorthCounting } from './costHint.js';
import { earlierQuestion } from './earlierQuestion.js';
import { optionId, SuggestionList } from './suggestionList.js';
import { askedFor, slashOf, suggestionsFor, type Suggestion } from './suggestions.js';
import { transcriptList } from './transcriptList.js';
import { useCost } from './useCost.js';

/** Where the person asks. The draft goes only when the engine has taken the question into the journal. */
export function Composer() {
  const textarea = useRef<HTMLTextAreaElement>(null);
  const listId = useId();
  const [recalled, setRecalled] = useState(0);
  const [cursor, setCursor] = useState(0);
  const [active, setActive] = useState(0);
  /** The draft whose suggestions the person has closed. */
  const [closedFor, setClosedFor] = useState<string>();
  const draft = panel.draft.value;
  const attachments = panel.attachments.value;
  const engine = panel.engine.value;
  const pending = panel.pending.value !== undefined;
  const answering = engine.phase === 'answering';
  const busy = answering || pending || panel.unanswered.value !== undefined;
  const readOnly = isReadOnly(engine);
  const question = composed(draft, attachments);
  const tokens = useCost(question);
  const cost = costOf(question, tokens, panel.window.value);
  const uncounted = tokens === undefined && isWorthCounting(question);
  const canSend = engine.phase === 'ready' && !readOnly && !busy && question !== '' && !cost.tooLarge;
  const asked = closedFor === draft ? undefined : askedFor(draft, cursor);
  const covers = panel.setAside.value.length > 0;
  const suggestions = asked ? suggestionsFor(asked.word, draft) : [];
  const wishes = panel.focusWishes.value;
  useEffect(() => {
    if (wishes > 0) textarea.current?.focus();
  }, [wishes]);
  const wantsSending = panel.sendWish.value === draft;
  useEffect(() => {
    // What is to be sent goes once its cost is known and allows it.
    if (!wantsSending || uncounted || (!canSend && !cost.tooLarge)) return;
    if (canSend) send();
    else dispatch({ type: 'sendWishGivenUp' });
  });

  const type = (text: string): void => dispatch({ type: 'typed', draft: text });
  const send = (): void => {
    const slash = slashOf(draft);
    if (!canSend) return;
    if (uncounted) {
      dispatch({ type: 'sendWished' });
      return;
    }
    setRecalled(0);
    if (slash) {
      type('');
      // What an earlier command was told need not be so any more.
      dispatch({ type: 'noticeClosed' });
      post({ type: 'slash', ...slash });
      return;
    }
    dispatch({ type: 'asked', text: question });
    post({ type: 'ask', text: question });
    transcriptList.scrollToEnd();
  };
  const stop = (): void => {
    dispatch({ type: 'askWithdrawn' });
    post({ type: 'stop' });
  };
  const recall = (steps: number): void => {
    const earlier = earlierQuestion(panel.transcript.value.events, steps);
    if (earlier === undefined && steps > 0) return;
    setRecalled(Math.max(0, steps));
    type(earlier ?? '');
  };
  const choose = (suggestion: Suggestion): void => {
    if (!asked) return;
    const rest = draft.slice(cursor);
    const word = suggestion.type === 'attach' ? '' : `${suggestion.word} `;
    const text = draft.slice(0, asked.start) + word + rest.trimStart();
    type(text);
    setCursor(asked.start + word.length);
    setActive(0);
    if (suggestion.type === 'attach') post({ type: 'attach', what: suggestion.what });
  };
  const handleSuggestionKey = (key: string): boolean => {
    const chosen = suggestions[active];
    if (!chosen) return false;
    // A command that is typed in full needs no choice any more: Enter runs it.
    if (key === 'Enter' && asked?.word === chosen.word && chosen.type !== 'attach') return false;
    if (key === 'Enter' || key === 'Tab') choose(chosen);
    else if (key === 'ArrowDown') setActive((active + 1) % suggestions.length);
    else if (key === 'ArrowUp') setActive((active + suggestions.length - 1) % suggestions.length);
    else if (key === 'Escape') setClosedFor(draft);
    else return false;
    return true;
  };
  const handleKey = (event: KeyboardEvent): void => {
    // While an input method composes a word, its keys are its own.
    if (event.isComposing) return;
    const box = textarea.current;
    const atStart = box?.selectionStart === 0 && box.selectionEnd === 0;
    const plain = !event.shiftKey && !event.altKey && !event.ctrlKey && !event.metaKey;
    if (plain && handleSuggestionKey(event.key)) {
      event.preventDefault();
      return;
    }
    if (event.key === 'Enter' && !event.shiftKey && !event.altKey) send();
    else if (event.key === 'Escape' && busy) stop();
    else if (event.key === 'ArrowUp' && (draft === '' || (recalled > 0 && atStart))) recall(recalled + 1);
    else if (event.key === 'ArrowDown' && recalled > 0 && atStart) recall(recalled - 1);
    else return;
    event.preventDefault();
  };
  const follow = (): void => setCursor(textarea.current?.selectionStart ?? 0);
  const open = suggestions.length > 0;

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {open && <SuggestionList id={listId} suggestions={suggestions} active={active} onChoose={choose} />}
      <AttachmentChips />
      <textarea
        ref={textarea}
        class="composer-text"
        aria-label={t('Ask Endless')}
        aria-describedby="composer-hint"
        aria-autocomplete="list"
        aria-controls={open ? listId : undefined}
        aria-activedescendant={open ? optionId(listId, active) : undefined}
        placeholder={t('Ask about your code')}
        rows={1}
        readOnly={readOnly}
        value={draft}
        onInput={(event) => {
          setRecalled(0);
          setActive(0);
          setClosedFor(undefined);
          setCursor(event.currentTarget.selectionStart);
          type(event.currentTarget.value);
        }}
        onKeyUp={follow}
        onClick={follow}
        onBlur={() => setClosedFor(draft)}
        onKeyDown={handleKey}
      />
      <div class="composer-bar">
        <span
          id="composer-hint"
          class={cost.tooLarge ? 'composer-hint composer-warning' : 'composer-hint'}
          role={cost.tooLarge ? 'alert' : undefined}
        >
          {cost.text !== '' && !busy
            ? [cost.text, ...(covers ? [comesBack()] : [])].join(' · ')
            : hint(engine, pending, busy, covers)}
        </span>
        {busy ? (
          <IconButton icon="stop-circle" label={t('Stop')} onClick={stop} />
        ) : (
          <IconButton icon="send" label={t('Send')} disabled={!canSend} onClick={send} />
        )}
      </div>
    </form>
  );
}

/** Where a text of the host stands over what the person was at, for as long as it does. */
const comesBack = (): string => t('What you were writing comes back when this is sent or deleted.');

/** What the keys do now, or why nothing can be sent. */
function hint(engine: EngineState, pending: boolean, busy: boolean, covers: boolean): string {
  switch (engine.phase) {
    case 'starting':
      return t('The model is loading. You can write meanwhile.');
    case 'restarting':
      return t('The engine restarts. Your text is kept.');
    case 'failed':
      return t('Nothing can be sent until the engine runs.');
    case 'answering':
      return t('Esc stops the answer');
    case 'ready':
      if (isReadOnly(engine)) return t('Read-only');
      if (pending) return t('Sending…');
      if (busy) return t('Esc stops the answer');
      return covers ? comesBack() : t('/ for commands, @ to attach');
  }
}
