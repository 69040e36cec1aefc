/** Something that holds resources until it is disposed of. */
export interface IDisposable {
  dispose(): void;
}

export function toDisposable(dispose: () => void): IDisposable {
  let done = false;
  return {
    dispose: () => {
      if (done) return;
      done = true;
      dispose();
    },
  };
}

/** Owns disposables; what is added after its own disposal is disposed of at once. Disposes in reverse order. */
export class DisposableStore implements IDisposable {
  readonly #items: IDisposable[] = [];
  #disposed = false;

  get disposed(): boolean {
    return this.#disposed;
  }

  add<T extends IDisposable>(item: T): T {
    if (this.#disposed) item.dispose();
    else this.#items.push(item);
    return item;
  }

  /** Disposes of all members; the store stays usable. */
  clear(): void {
    for (let item = this.#items.pop(); item; item = this.#items.pop()) item.dispose();
  }

  dispose(): void {
    this.#disposed = true;
    this.clear();
  }
}

/** Base of classes that own others. */
export abstract class Disposable implements IDisposable {
  protected readonly store = new DisposableStore();

  dispose(): void {
    this.store.dispose();
  }

  protected register<T extends IDisposable>(item: T): T {
    return this.store.add(item);
  }
}
