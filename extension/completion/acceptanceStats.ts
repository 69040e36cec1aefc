import { workspace, type Memento, type Position, type TextDocument } from 'vscode';
import { Emitter, type Event } from 'vscode-jsonrpc/node';
import type { AcceptanceView } from '../../webview-ui/messages.js';
import { Delayer } from '../base/async.js';
import type { EventCost } from '../base/eventCost.js';
import { Disposable } from '../base/lifecycle.js';
import { Acceptance } from './acceptance.js';

const KEY = 'completion.acceptance';

/** Milliseconds in which changes of the counts are written together. */
const WRITE_AFTER = 1_000;

/** Counts what becomes of the completions in this workspace. The counts stay in the memory of the workspace. */
export class AcceptanceStats extends Disposable {
  readonly #memory: Memento;
  readonly #acceptance: Acceptance;
  readonly #look = this.register(new Delayer(() => this.#judge()));
  readonly #write = this.register(new Delayer(() => this.#save()));
  readonly #onDidChange = this.register(new Emitter<AcceptanceView>());
  readonly onDidChange: Event<AcceptanceView> = this.#onDidChange.event;
  #told: string;

  constructor(memory: Memento, cost: EventCost) {
    super();
    this.#memory = memory;
    this.#acceptance = new Acceptance(readCounts(memory));
    this.#told = JSON.stringify(this.view);
    this.register(
      workspace.onDidChangeTextDocument((event) => {
        cost.measure(event, () => {
          const changes = event.contentChanges.map(({ rangeOffset, rangeLength, text }) => ({
            offset: rangeOffset,
            removed: rangeLength,
            text,
          }));
          this.#acceptance.handleChange(event.document.uri.toString(), changes, performance.now());
          this.#tell();
        });
      }),
    );
    this.register(
      workspace.onDidCloseTextDocument((document) => {
        const key = document.uri.toString();
        this.#acceptance.handleClose(key, (_, start, end) => textOf(document, start, end));
        this.#tell();
      }),
    );
  }

  get view(): AcceptanceView {
    return this.#acceptance.view;
  }

  /** @param continued whether it is what is left of the suggestion before */
  show(document: TextDocument, position: Position, texts: readonly string[], continued: boolean): void {
    this.#acceptance.show({ document: document.uri.toString(), offset: document.offsetAt(position), texts }, continued);
    this.#tell();
  }

  override dispose(): void {
    if (this.#write.scheduled) this.#save();
    super.dispose();
  }

  #judge(): void {
    this.#acceptance.judge(performance.now(), (key, start, end) => {
      const document = workspace.textDocuments.find(({ uri }) => uri.toString() === key);
      return document && textOf(document, start, end);
    });
    this.#tell();
  }

  #tell(): void {
    const { due } = this.#acceptance;
    if (due !== undefined && !this.#look.scheduled) this.#look.schedule(Math.max(0, due - performance.now()));
    const now = JSON.stringify(this.view);
    if (now === this.#told) return;
    this.#told = now;
    if (!this.#write.scheduled) this.#write.schedule(WRITE_AFTER);
    this.#onDidChange.fire(this.view);
  }

  #save(): void {
    void this.#memory.update(KEY, this.view);
  }
}

function readCounts(memory: Memento): AcceptanceView {
  const none = { shown: 0, accepted: 0, characters: 0, judged: 0, kept: 0, since: Date.now() };
  return { ...none, ...memory.get<Partial<AcceptanceView>>(KEY) };
}

function textOf(document: TextDocument, start: number, end: number): string {
  return document.getText().slice(start, end);
}
