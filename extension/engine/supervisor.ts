import {
  CancellationToken,
  Emitter,
  ResponseError,
  type Event,
  type RequestType,
  type RequestType0,
} from 'vscode-jsonrpc/node';
import {
  eventAdded,
  log as logMessage,
  notice,
  progress,
  replyDelta,
  sessionFree,
  start,
  windowChanged,
  type EngineErrorData,
  type StartParams,
  type StartResult,
} from '../../inference/protocol.js';
import type { EngineState, EventId, EventView, ModelView, UserError, WindowView } from '../../inference/views.js';
import { Delayer } from '../base/async.js';
import { Disposable } from '../base/lifecycle.js';
import type { Log } from '../base/log.js';
import { BackOff } from './backOff.js';
import { EngineError, isUserError, RequestCancelledError } from './engineError.js';
import type { EngineExit, EngineProcess } from './engineProcess.js';
import type { EngineTexts } from './engineTexts.js';

export interface SupervisorOptions {
  readonly spawn: () => EngineProcess;
  /** Reads and checks the settings; throws an EngineError that names the wrong one. */
  readonly readParams: () => StartParams;
  readonly texts: EngineTexts;
  readonly log: Log;
  /** Milliseconds before each restart in a row; the usual ones when absent. */
  readonly restartDelays?: readonly number[];
}

/** JSON-RPC of the language server protocol for "cancelled"; vscode-jsonrpc knows the number but exports no name. */
const REQUEST_CANCELLED = -32800;

/** Time for the engine to save its state when it is asked to end. */
const SHUTDOWN_LIMIT_MS = 3_000;

/**
 * Owns the engine's life: starts it, restarts it with back-off after a death, gives up after too many, and hands
 * requests to whatever engine is alive. A request that an engine's death cuts off is rejected with an EngineError.
 */
export class Supervisor extends Disposable {
  readonly #options: SupervisorOptions;
  readonly #backOff: BackOff;
  readonly #restart = this.register(new Delayer(() => void this.#launch()));

  readonly #onDidChangeState = this.register(new Emitter<EngineState>());
  readonly #onDidStart = this.register(new Emitter<StartResult>());
  readonly #onDidChangeWindow = this.register(new Emitter<WindowView>());
  readonly #onDidAddEvent = this.register(new Emitter<EventView>());
  readonly #onDidWriteReply = this.register(new Emitter<{ readonly replyId: EventId; readonly text: string }>());
  readonly #onDidNotice = this.register(new Emitter<string>());
  readonly onDidChangeState: Event<EngineState> = this.#onDidChangeState.event;
  /** An engine is ready with its session resumed, for the first time or again. */
  readonly onDidStart: Event<StartResult> = this.#onDidStart.event;
  readonly onDidChangeWindow: Event<WindowView> = this.#onDidChangeWindow.event;
  readonly onDidAddEvent: Event<EventView> = this.#onDidAddEvent.event;
  readonly onDidWriteReply: Event<{ readonly replyId: EventId; readonly text: string }> = this.#onDidWriteReply.event;
  readonly onDidNotice: Event<string> = this.#onDidNotice.event;

  #state: EngineState;
  #window: WindowView | undefined;
  #engine: EngineProcess | undefined;
  /** Set once `start` of the living engine was answered. */
  #model: ModelView | undefined;
  #params: StartParams | undefined;
  /** Grows with every `restart` and `stop`: the newest one decides. */
  #turn = 0;
  /** Resolves when no engine is ending any more. */
  #ended: Promise<unknown> = Promise.resolve();

  constructor(options: SupervisorOptions) {
    super();
    this.#options = options;
    this.#backOff = new BackOff(options.restartDelays);
    this.#state = { phase: 'starting', detail: options.texts.starting() };
  }

  get state(): EngineState {
    return this.#state;
  }

  /** The window as the engine last published it. */
  get window(): WindowView | undefined {
    return this.#window;
  }

  get ready(): boolean {
    return this.#model !== undefined;
  }

  /** Whether what is sent is taken in: an engine that may only read the session takes nothing. */
  get writable(): boolean {
    return this.#model !== undefined && this.#model.readOnly !== true;
  }

  /** Process id of the living engine. */
  get pid(): number | undefined {
    return this.#engine?.pid;
  }

  /** What the living engine was started with. */
  get params(): StartParams | undefined {
    return this.#params;
  }

  /**
   * Starts the engine, or ends the living one in order and starts anew; one that is still loading is not waited for.
   * Past deaths are forgotten. Resolves when the new engine is ready or has failed, or when another call took over.
   */
  async restart(): Promise<void> {
    const { texts } = this.#options;
    const running = this.#engine !== undefined;
    const turn = this.#endEngine();
    this.#backOff.reset();
    this.#setState({ phase: 'starting', detail: running ? texts.restarting() : texts.starting() });
    // Two engines must not hold one journal.
    await this.#ended;
    if (turn === this.#turn) await this.#launch();
  }

  /** Ends the engine in order, within a few seconds, and starts none until `restart`. */
  async stop(): Promise<void> {
    this.#endEngine();
    await this.#ended;
  }

  /** Resolves when the engine is ready; rejects with the EngineError of `failed`. */
  async whenReady(): Promise<void> {
    if (this.ready) return;
    if (this.#state.phase === 'failed') throw new EngineError(this.#state.error);
    await new Promise<void>((resolve, reject) => {
      const listener = this.onDidChangeState((state) => {
        if (state.phase === 'ready') resolve();
        else if (state.phase === 'failed') reject(new EngineError(state.error));
        else return;
        listener.dispose();
      });
    });
  }

  request<R>(type: RequestType0<R, EngineErrorData>, token?: CancellationToken): Promise<R>;
  request<P, R>(type: RequestType<P, R, EngineErrorData>, params: P, token?: CancellationToken): Promise<R>;
  async request(
    type: RequestType0<unknown, EngineErrorData> | RequestType<unknown, unknown, EngineErrorData>,
    ...rest: unknown[]
  ): Promise<unknown> {
    const engine = this.#engine;
    if (!engine || !this.ready) throw new EngineError(this.#unavailable());
    const last = rest.at(-1);
    const token = CancellationToken.is(last) ? last : CancellationToken.None;
    const params = type.numberOfParams === 0 ? [] : [rest[0]];
    try {
      return await engine.connection.sendRequest(type.method, ...params, token);
    } catch (error) {
      throw this.#translate(error, engine, token);
    }
  }

  override dispose(): void {
    this.#release()?.dispose();
    super.dispose();
  }

  /** Lets go of the living engine without ending it: its last events no longer reach anyone. */
  #release(): EngineProcess | undefined {
    const engine = this.#engine;
    this.#engine = undefined;
    this.#model = undefined;
    return engine;
  }

  /** Lets the living engine end in order and begins a new turn. */
  #endEngine(): number {
    this.#restart.cancel();
    const engine = this.#release();
    if (engine) this.#ended = Promise.all([this.#ended, engine.shutdown(SHUTDOWN_LIMIT_MS)]);
    return ++this.#turn;
  }

  async #launch(): Promise<void> {
    if (this.store.disposed) return;
    let params: StartParams;
    try {
      params = this.#options.readParams();
    } catch (error) {
      this.#fail(error);
      return;
    }
    const engine = this.#options.spawn();
    this.#engine = engine;
    this.#params = params;
    engine.onDidExit((exit) => this.#handleExit(engine, exit));
    this.#listen(engine);
    try {
      const result = await engine.connection.sendRequest(start, params);
      if (this.#engine !== engine) return;
      this.#model = result.model;
      this.#setState({ phase: 'ready', model: result.model });
      this.#onDidStart.fire(result);
    } catch (error) {
      if (this.#engine !== engine) return;
      this.#release()?.dispose();
      this.#fail(error);
    }
  }

  #listen(engine: EngineProcess): void {
    const { connection } = engine;
    const current = <T>(handle: (value: T) => void) => {
      return (value: T): void => {
        if (this.#engine === engine) handle(value);
      };
    };
    connection.onNotification(logMessage, ({ level, message }) => this.#options.log[level](message));
    connection.onNotification(
      progress,
      current(({ detail }) => {
        if (this.#state.phase === 'starting') this.#setState({ phase: 'starting', detail });
      }),
    );
    connection.onNotification(sessionFree, () => {
      if (this.#engine === engine) void this.restart();
    });
    connection.onNotification(
      notice,
      current(({ message }) => void this.#onDidNotice.fire(message)),
    );
    connection.onNotification(
      windowChanged,
      current((window) => {
        this.#window = window;
        this.#onDidChangeWindow.fire(window);
      }),
    );
    connection.onNotification(
      eventAdded,
      current((event) => this.#handleEvent(event)),
    );
    connection.onNotification(
      replyDelta,
      current((delta) => void this.#onDidWriteReply.fire(delta)),
    );
  }

  #handleEvent(event: EventView): void {
    if (event.kind === 'reply' && this.#model) {
      if (event.state === 'streaming') this.#setState({ phase: 'answering', model: this.#model, replyId: event.id });
      else if (this.#state.phase === 'answering' && this.#state.replyId === event.id)
        this.#setState({ phase: 'ready', model: this.#model });
    }
    this.#onDidAddEvent.fire(event);
  }

  #handleExit(engine: EngineProcess, exit: EngineExit): void {
    if (this.#engine !== engine) return;
    const { texts, log } = this.#options;
    this.#release();
    const delay = this.#backOff.died(Date.now());
    if (delay === undefined) {
      this.#fail(new EngineError(texts.gaveUp(exit, this.#backOff.count, this.#params?.builtIn ?? false)));
      return;
    }
    const error = texts.crashed(exit);
    log.error(error.message);
    this.#setState({ phase: 'restarting', attempt: this.#backOff.count, error });
    this.#restart.schedule(delay);
  }

  #fail(error: unknown): void {
    const userError = this.#userError(error);
    this.#options.log.error(userError.message);
    this.#setState({ phase: 'failed', error: userError });
  }

  #setState(state: EngineState): void {
    this.#state = state;
    this.#onDidChangeState.fire(state);
  }

  #translate(error: unknown, engine: EngineProcess, token: CancellationToken): Error {
    const died = this.#engine !== engine;
    if (error instanceof ResponseError && error.code === REQUEST_CANCELLED) return new RequestCancelledError();
    if (!died && token.isCancellationRequested) return new RequestCancelledError();
    return new EngineError(died ? this.#unavailable() : this.#userError(error));
  }

  #userError(error: unknown): UserError {
    if (error instanceof EngineError) return error.userError;
    if (error instanceof ResponseError && isUserError(error.data)) return error.data;
    return this.#options.texts.internal(error instanceof Error ? error.message : String(error));
  }

  /** Why there is no engine to ask. */
  #unavailable(): UserError {
    if (this.#state.phase === 'failed' || this.#state.phase === 'restarting') return this.#state.error;
    return this.#options.texts.notRunning();
  }
}
