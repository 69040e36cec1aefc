import {
  CancellationTokenSource,
  InlineCompletionItem,
  InlineCompletionTriggerKind,
  Range,
  type CancellationToken,
  type InlineCompletionContext,
  type InlineCompletionItemProvider,
  type Position,
  type TextDocument,
} from 'vscode';
import type { CompleteParams, CompleteResult } from '../../inference/protocol.js';
import { Delayer } from '../base/async.js';
import { Disposable } from '../base/lifecycle.js';
import type { Log } from '../base/log.js';
import type { Admission } from '../edits/admission.js';
import { RequestCancelledError } from '../engine/engineError.js';
import type { CompletionSettings } from '../settings/completionSettings.js';
import type { CodeReader } from '../syntax/codeReader.js';
import type { AcceptanceStats } from './acceptanceStats.js';
import type { CursorContext } from './cursorContext.js';
import { contextAt, contextNow, hasSelection, isHopeless } from './cursorInEditor.js';
import { invitesBlock } from './invitesBlock.js';
import { toRestOfSuggestion, toSuggestion, type Suggestion } from './pipeline.js';
import { typedBetween, typedThrough, type Shown } from './shownSuggestion.js';
import type { Snooze } from './snooze.js';
import { TypingRhythm } from './typingRhythm.js';
import { isCancelled, pause, settled } from './waiting.js';

export interface CompletionProviderOptions {
  readonly complete: (params: CompleteParams, token: CancellationToken) => Promise<CompleteResult>;
  readonly ready: () => boolean;
  readonly admission: Pick<Admission, 'admitToCompletion'>;
  readonly code: Pick<CodeReader, 'continuation' | 'place'>;
  readonly settings: (document: TextDocument) => CompletionSettings;
  readonly snooze: Pick<Snooze, 'active'>;
  readonly acceptance: Pick<AcceptanceStats, 'show'>;
  readonly log: Log;
}

interface Place {
  readonly document: TextDocument;
  readonly position: Position;
  readonly context: CursorContext;
}

interface Wishes {
  /** Shown already. */
  readonly left: readonly string[];
  readonly minConfidence: number;
}

/** Suggestions that somebody gets who asks for them, at most. */
const CANDIDATES = 3;

/** Milliseconds after which a character that was typed, and so ended the wait for a completion, has arrived here. */
const TYPED_SOON = 10;

/** A question that the engine is answering. */
interface UnderWay {
  readonly document: TextDocument;
  readonly context: CursorContext;
  readonly source: CancellationTokenSource;
  /** Never fails. What came of it is in `#shown`. */
  readonly done: Promise<void>;
}

/** Asks the engine for the text at the cursor, and shows of it what a person would want to see. */
export class CompletionProvider extends Disposable implements InlineCompletionItemProvider {
  readonly #options: CompletionProviderOptions;
  readonly #rhythm = new TypingRhythm();
  #shown: Shown | undefined;
  /** What the editor has got already, or a part of it. */
  readonly #handed = new WeakSet<Shown>();
  #underWay: UnderWay | undefined;
  readonly #unwanted = this.register(new Delayer(() => this.#cancelUnlessTypedOn()));

  constructor(options: CompletionProviderOptions) {
    super();
    this.#options = options;
    this.register({ dispose: () => this.#underWay?.source.cancel() });
  }

  async provideInlineCompletionItems(
    document: TextDocument,
    position: Position,
    { triggerKind, selectedCompletionInfo }: InlineCompletionContext,
    token: CancellationToken,
  ): Promise<InlineCompletionItem[]> {
    const { settings: read, ready, snooze, admission } = this.#options;
    const settings = read(document);
    const invoked = triggerKind === InlineCompletionTriggerKind.Invoke;
    if (!invoked) this.#rhythm.addKeystroke(performance.now());
    if (!settings.enabled || !ready() || (!invoked && (!settings.automatic || snooze.active))) return [];
    // What IntelliSense has selected would go before the text, and the model has not seen it.
    if (selectedCompletionInfo || hasSelection(document)) return [];
    const context = contextAt(document, position);
    if (isHopeless(context)) return [];
    const at = { document, position, context };

    // Who asks while one is shown wants more than that one.
    const left = this.#left(at);
    if (left.length > 0 && (!invoked || this.#shown?.invoked)) return this.#present(at);
    const underWay = this.#underWay;
    if (!invoked && underWay && typedOn(underWay, document, context) !== undefined) {
      // What is being written may go on as it was typed.
      if (!(await settled(underWay.done, token))) return [];
      if (this.#left(at).length > 0) return this.#present(at);
    }
    this.#underWay?.source.cancel();

    const verdict = await admission.admitToCompletion(document.uri);
    if (!('path' in verdict) || isCancelled(token)) return [];
    if (!invoked && !(await pause(this.#rhythm.wait, token))) return [];
    if (!invoked && !(await this.#isWanted(document, context, settings))) return [];
    if (isCancelled(token)) return [];
    const params: CompleteParams = {
      ...context,
      path: verdict.path,
      maxTokens: settings.maxTokens,
      singleLine: !invitesBlock(context),
      ...(invoked ? { candidates: CANDIDATES } : {}),
    };
    const question = this.#ask(at, params, { left, minConfidence: invoked ? 0 : settings.minConfidence });
    const away = token.onCancellationRequested(() => this.#unwanted.schedule(TYPED_SOON));
    await question.done;
    away.dispose();
    return isCancelled(token) ? [] : this.#present(at);
  }

  #ask({ document, context }: Place, params: CompleteParams, wishes: Wishes): UnderWay {
    const source = new CancellationTokenSource();
    const done = this.#answer(document, context, params, wishes, source.token).finally(() => {
      source.dispose();
      if (this.#underWay === underWay) this.#underWay = undefined;
    });
    const underWay: UnderWay = { document, context, source, done };
    this.#underWay = underWay;
    return underWay;
  }

  async #answer(
    document: TextDocument,
    context: CursorContext,
    params: CompleteParams,
    { left, minConfidence }: Wishes,
    token: CancellationToken,
  ): Promise<void> {
    const invoked = params.candidates !== undefined;
    try {
      const result = await this.#options.complete(params, token);
      this.#note(result, invoked);
      if (result.confidence < minConfidence) return;
      const texts = [result.text, ...(result.others ?? [])];
      const whole = await Promise.all(texts.map((text) => this.#untilEnd(document, context, text)));
      // What is shown already stays the first.
      const suggestions = suggestionsOf(left, whole, context).slice(0, CANDIDATES);
      if (isCancelled(token) || suggestions.length === 0) return;
      const shown = { document: document.uri.toString(), context, texts: suggestions.map(({ text }) => text), invoked };
      if (left.length > 0) this.#handed.add(shown);
      this.#shown = shown;
    } catch (error) {
      // The engine's end is told by the status bar; a completion that does not come is no news.
      if (!(error instanceof RequestCancelledError)) this.#options.log.warn(`No completion: ${String(error)}`);
    }
  }

  /** The editor no longer waits: because of a character that fits what is being written, or it wants nothing any more. */
  #cancelUnlessTypedOn(): void {
    const underWay = this.#underWay;
    if (!underWay) return;
    const now = contextNow(underWay.document);
    const extra = now && typedOn(underWay, underWay.document, now);
    if (extra === undefined || extra === '') underWay.source.cancel();
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

  /** What the last suggestions still say of this place. */
  #left({ document, context }: Place): readonly string[] {
    return typedThrough(this.#shown, document.uri.toString(), context);
  }

  #present(at: Place): InlineCompletionItem[] {
    const { document, position, context } = at;
    const suggestions = suggestionsOf(this.#left(at), [], context);
    if (!this.#shown || suggestions.length === 0) return [];
    const texts = suggestions.map(({ text }) => text);
    this.#options.acceptance.show(document, position, texts, this.#handed.has(this.#shown));
    this.#handed.add(this.#shown);
    return suggestions.map(
      ({ text, replaces }) => new InlineCompletionItem(text, new Range(position, position.translate(0, replaces))),
    );
  }
}

/** What is worth showing, each text once: of what is left of earlier suggestions, then of what the model wrote. */
function suggestionsOf(
  left: readonly string[],
  written: readonly string[],
  context: CursorContext,
): readonly Suggestion[] {
  const byText = new Map<string, Suggestion>();
  for (const suggestion of [
    ...left.map((text) => toRestOfSuggestion(text, context)),
    ...written.map((text) => toSuggestion(text, context)),
  ])
    if (suggestion && !byText.has(suggestion.text)) byText.set(suggestion.text, suggestion);
  return [...byText.values()];
}

/** What was typed since the question, perhaps nothing; undefined when it no longer is about this place. */
function typedOn(underWay: UnderWay, document: TextDocument, context: CursorContext): string | undefined {
  return underWay.document === document ? typedBetween(underWay.context, context) : undefined;
}
