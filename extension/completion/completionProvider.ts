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
import { toSuggestion, type Suggestion } from './pipeline.js';
import { typedThrough, type Shown } from './shownSuggestion.js';
import { TypingRhythm } from './typingRhythm.js';

export interface CompletionProviderOptions {
  readonly complete: (params: CompleteParams, token: CancellationToken) => Promise<CompleteResult>;
  readonly ready: () => boolean;
  readonly admission: Admission;
  readonly code: Pick<CodeReader, 'continuation' | 'place'>;
  readonly settings: (document: TextDocument) => CompletionSettings;
  readonly log: Log;
}

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
    const settings = this.#options.settings(document);
    if (triggerKind === InlineCompletionTriggerKind.Automatic) this.#rhythm.addKeystroke(performance.now());
    const invoked = triggerKind === InlineCompletionTriggerKind.Invoke;
    // What IntelliSense has selected would go before the text, and the model has not seen it.
    if (!settings.enabled || selectedCompletionInfo || !this.#options.ready() || hasSelection(document)) return [];
    const context = contextAt(document, position);
    if (isHopeless(context)) return [];
    const key = document.uri.toString();

    const left = typedThrough(this.#shown, key, context);
    if (left !== undefined) return present(toSuggestion(left, context), position);

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
      const {
        text: raw,
        confidence,
        evaluated,
        milliseconds,
      } = await this.#options.complete(
        {
          ...context,
          path: verdict.path,
          maxTokens: settings.maxTokens,
          singleLine: !invitesBlock(context),
        },
        running.token,
      );
      if (evaluated > 0) this.#rhythm.addLatency(milliseconds);
      this.#options.log.debug(
        `Completion: ${raw.length} characters, confidence ${confidence.toFixed(2)}, ${evaluated} tokens evaluated, ${milliseconds.toFixed(0)} ms`,
      );
      if (confidence < settings.minConfidence && !invoked) return [];
      const text = raw.includes('\n') ? await this.#untilEnd(document, context, raw) : raw;
      if (isCancelled(running.token) || text === '') return [];
      const suggestion = toSuggestion(text, context);
      this.#shown = suggestion && { document: key, context, text: suggestion.text };
      return present(suggestion, position);
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

  #untilEnd({ languageId }: TextDocument, { prefix, typed, suffix }: CursorContext, text: string): Promise<string> {
    return this.#options.code.continuation(languageId, prefix + typed, text, suffix);
  }
}

function present(suggestion: Suggestion | undefined, position: Position): InlineCompletionItem[] {
  if (!suggestion) return [];
  const range = new Range(position, position.translate(0, suggestion.replaces));
  return [new InlineCompletionItem(suggestion.text, range)];
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
