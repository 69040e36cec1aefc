import { useEffect, useRef, useState } from 'preact/hooks';
import type { EngineState } from '../../inference/views.js';
import { post } from '../host.js';
import { t } from '../l10n.js';
import { IconButton } from '../shell/iconButton.js';
import { isReadOnly, readOnlyReason } from '../shell/readOnly.js';
import { dispatch, panel } from '../state/store.js';
import { earlierQuestion } from './earlierQuestion.js';
import { transcriptList } from './transcriptList.js';

/** Where the person asks. The draft goes only when the engine has taken the question into the journal. */
export function Composer() {
  const textarea = useRef<HTMLTextAreaElement>(null);
  const [recalled, setRecalled] = useState(0);
  const draft = panel.draft.value;
  const engine = panel.engine.value;
  const pending = panel.pending.value !== undefined;
  const answering = engine.phase === 'answering';
  const busy = answering || pending || panel.unanswered.value !== undefined;
  const readOnly = isReadOnly(engine);
  const canSend = engine.phase === 'ready' && !readOnly && !busy && draft.trim() !== '';
  const wishes = panel.focusWishes.value;
  useEffect(() => {
    if (wishes > 0) textarea.current?.focus();
  }, [wishes]);

  const type = (text: string): void => dispatch({ type: 'typed', draft: text });
  const send = (): void => {
    if (!canSend) return;
    setRecalled(0);
    dispatch({ type: 'asked' });
    post({ type: 'ask', text: draft.trim() });
    transcriptList.scrollToEnd();
  };
  const stop = (): void => {
    dispatch({ type: 'askWithdrawn' });
    post({ type: 'stop' });
  };
  const recall = (steps: number): void => {
    const question = earlierQuestion(panel.transcript.value.events, steps);
    if (question === undefined && steps > 0) return;
    setRecalled(Math.max(0, steps));
    type(question ?? '');
  };
  const handleKey = (event: KeyboardEvent): void => {
    // While an input method composes a word, its keys are its own.
    if (event.isComposing) return;
    const box = textarea.current;
    const atStart = box?.selectionStart === 0 && box.selectionEnd === 0;
    if (event.key === 'Enter' && !event.shiftKey && !event.altKey) send();
    else if (event.key === 'Escape' && busy) stop();
    else if (event.key === 'ArrowUp' && (draft === '' || (recalled > 0 && atStart))) recall(recalled + 1);
    else if (event.key === 'ArrowDown' && recalled > 0 && atStart) recall(recalled - 1);
    else return;
    event.preventDefault();
  };

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <textarea
        ref={textarea}
        class="composer-text"
        aria-label={t('Ask Endless')}
        aria-describedby="composer-hint"
        placeholder={t('Ask about your code')}
        rows={1}
        readOnly={readOnly}
        value={draft}
        onInput={(event) => {
          setRecalled(0);
          type(event.currentTarget.value);
        }}
        onKeyDown={handleKey}
      />
      <div class="composer-bar">
        <span id="composer-hint" class="composer-hint">
          {hint(engine, pending, busy)}
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

/** What the keys do now, or why nothing can be sent. */
function hint(engine: EngineState, pending: boolean, busy: boolean): string {
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
      if (isReadOnly(engine)) return readOnlyReason();
      if (pending) return t('Sending…');
      return busy ? t('Esc stops the answer') : '';
  }
}
