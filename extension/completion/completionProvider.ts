import {
  CancellationTokenSource,
  InlineCompletionItem,
  InlineCompletionTriggerKind,
  Position,
  Range,
  window,
  type CancellationToken,
  type InlineCompletionContext,
  type InlineCompletionItemProvider,
  type TextDocument,
} from 'vscode';
import type { CompleteParams, CompleteResult } from '../../inference/protocol.js';
import type { Log } from '../base/log.js';
import type { Admission } from '../edits/admission.js';
import { RequestCancelledError } from '../engine/engineError.js';
import type { CodeReader } from '../syntax/codeReader.js';
import type { CompletionSettings } from '../settings/settings.js';
import { isClosersOnly, splitAtCursor, tailOf, type CursorContext } from './cursorContext.js';
import { invitesBlock } from './invitesBlock.js';
import type { AcceptanceStats } from './acceptanceStats.js';
import { toSuggestion, type Suggestion } from './pipeline.js';
import { typedThrough, type Shown } from './shownSuggestion.js';
import type { Snooze } from './snooze.js';
import { TypingRhythm } from './typingRhythm.js';

export interface CompletionProviderOptions {
  readonly complete: (params: CompleteParams, token: CancellationToken) => Promise<CompleteResult>;
  readonly ready: () => boolean;
  readonly admission: Admission;
  readonly code: Pick<CodeReader, 'continuation' | 'place'>;
  readonly settings: (document: TextDocument) => CompletionSettings;
  readonly snooze: Pick<Snooze, 'active'>;
  readonly acceptance: Pick<AcceptanceStats, 'show'>;
  readonly log: Log;
}

/** Suggestions that somebody gets who asks for them. */
const CANDIDATES = 3;

/** Lines around the cursor that are read from the document. */
const LINES_BEFORE = 250;
const LINES_AFTER = 80;

/** Asks the engine for the text at the cursor, and shows of it what a person would want to see. */
export class CompletionProvider implements InlineCompletionItemProvider {
  readonly #options: CompletionProviderOptions;
  readonly #rhythm = new TypingRhythm();
  #shown: Shown | undefined;
  /** The request before this one; a newer one makes it pointless. */
  #running: CancellationTokenSource | undefined;

  constructor(options: CompletionProviderOptions) {
    this.#options = options;
  }

  async provideInlineCompletionItems(
    document: TextDocument,
    position: Position,
    { triggerKind, selectedCompletionInfo }: InlineCompletionContext,
    token: CancellationToken,
  ): Promise<InlineCompletionItem[]> {
    const { settings: read, ready, snooze } = this.#options;
    const settings = read(document);
    const invoked = triggerKind === InlineCompletionTriggerKind.Invoke;
    if (!invoked) this.#rhythm.addKeystroke(performance.now());
    if (!settings.enabled || !ready() || (!invoked && (!settings.automatic || snooze.active))) return [];
    // What IntelliSense has selected would go before the text, and the model has not seen it.
    if (selectedCompletionInfo || hasSelection(document)) return [];
    const context = contextAt(document, position);
    if (isHopeless(context)) return [];
    const left = typedThrough(this.#shown, document.uri.toString(), context);
    // Who asks while one is shown wants more than that one.
    if (left.length > 0 && (!invoked || this.#shown?.invoked))
      return this.#present(document, position, suggestionsOf(left, context), true);

    this.#running?.cancel();
    const running = new CancellationTokenSource();
    this.#running = running;
    const cancelled = token.onCancellationRequested(() => running.cancel());
    try {
      const verdict = await this.#options.admission.admitToCompletion(document.uri);
      if (!('path' in verdict)) return [];
      if (!invoked && !(await pause(this.#rhythm.wait, running.token))) return [];
      if (isCancelled(running.token)) return [];
      if (!invoked && !(await this.#isWanted(document, context, settings))) return [];
      const result = await this.#options.complete(
        {
          ...context,
          path: verdict.path,
          maxTokens: settings.maxTokens,
          singleLine: !invitesBlock(context),
          ...(invoked ? { candidates: CANDIDATES } : {}),
        },
        running.token,
      );
      this.#note(result, invoked);
      if (result.confidence < settings.minConfidence && !invoked) return [];
      const texts = [result.text, ...(result.others ?? [])];
      const wanted = await Promise.all(texts.map((text) => this.#untilEnd(document, context, text)));
      if (isCancelled(running.token)) return [];
      // What is shown already stays the first.
      const suggestions = suggestionsOf([...left, ...wanted], context);
      if (suggestions.length === 0) return [];
      this.#shown = { document: document.uri.toString(), context, texts: suggestions.map(({ text }) => text), invoked };
      return this.#present(document, position, suggestions, left.length > 0);
    } catch (error) {
      // The engine's end is told by the status bar; a completion that does not come is no news.
      if (!(error instanceof RequestCancelledError)) this.#options.log.warn(`No completion: ${String(error)}`);
      return [];
    } finally {
      cancelled.dispose();
      running.dispose();
      if (this.#running === running) this.#running = undefined;
    }
  }

  /** A comment and a string may be places where the person wants no completions. */
  async #isWanted(
    { languageId }: TextDocument,
    { prefix, typed, suffix }: CursorContext,
    { inComments, inStrings }: CompletionSettings,
  ): Promise<boolean> {
    if (inComments && inStrings) return true;
    const place = await this.#options.code.place(languageId, prefix + typed, suffix);
    return (place !== 'comment' || inComments) && (place !== 'string' || inStrings);
  }

  async #untilEnd(
    { languageId }: TextDocument,
    { prefix, typed, suffix }: CursorContext,
    text: string,
  ): Promise<string> {
    if (!text.includes('\n')) return text;
    return this.#options.code.continuation(languageId, prefix + typed, text, suffix);
  }

  #note({ text, confidence, evaluated, milliseconds }: CompleteResult, invoked: boolean): void {
    // Several candidates take their time, and say nothing of how long one takes.
    if (evaluated > 0 && !invoked) this.#rhythm.addLatency(milliseconds);
    this.#options.log.debug(
      `Completion: ${text.length} characters, confidence ${confidence.toFixed(2)}, ${evaluated} tokens evaluated, ${milliseconds.toFixed(0)} ms`,
    );
  }

  /** @param continued whether the first is what is left of the one that was shown before */
  #present(
    document: TextDocument,
    position: Position,
    suggestions: readonly Suggestion[],
    continued: boolean,
  ): InlineCompletionItem[] {
    if (suggestions.length === 0) return [];
    const texts = suggestions.map(({ text }) => text);
    this.#options.acceptance.show(document, position, texts, continued);
    return suggestions.map(
      ({ text, replaces }) => new InlineCompletionItem(text, new Range(position, position.translate(0, replaces))),
    );
  }
}

/** What is worth showing of the texts, each once. */
function suggestionsOf(texts: readonly string[], context: CursorContext): readonly Suggestion[] {
  const byText = new Map<string, Suggestion>();
  for (const text of texts) {
    const suggestion = toSuggestion(text, context);
    if (suggestion && !byText.has(suggestion.text)) byText.set(suggestion.text, suggestion);
  }
  return [...byText.values()];
}

function contextAt(document: TextDocument, position: Position): CursorContext {
  const first = new Position(Math.max(0, position.line - LINES_BEFORE), 0);
  const last = document.lineAt(Math.min(document.lineCount - 1, position.line + LINES_AFTER)).range.end;
  return splitAtCursor(document.getText(new Range(first, position)), document.getText(new Range(position, last)));
}

/** In the middle of a word, or in a document with nothing in it, there is nothing to go by. */
function isHopeless({ prefix, typed, suffix }: CursorContext): boolean {
  if ((prefix + typed).trim() === '' && suffix.trim() === '') return true;
  const tail = tailOf(suffix);
  return /\w$/.test(typed) && /^\w/.test(tail) && !isClosersOnly(tail);
}

function hasSelection(document: TextDocument): boolean {
  const editor = window.activeTextEditor;
  return editor?.document === document && (editor.selections.length > 1 || !editor.selection.isEmpty);
}

function isCancelled(token: CancellationToken): boolean {
  return token.isCancellationRequested;
}

/** Waits; false when it was cancelled in the meantime. */
function pause(milliseconds: number, token: CancellationToken): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      listener.dispose();
      resolve(true);
    }, milliseconds);
    const listener = token.onCancellationRequested(() => {
      clearTimeout(timer);
      listener.dispose();
      resolve(false);
    });
  });
}
