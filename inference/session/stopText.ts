/** Stops a text at a string that may arrive in pieces: what could be its beginning is held back. */
export class StopText {
  readonly #stop: string;
  #held = '';
  #reached = false;

  /** @param stop empty: never stops. */
  constructor(stop: string) {
    this.#stop = stop;
  }

  get reached(): boolean {
    return this.#reached;
  }

  /** Returns what may be shown. */
  push(text: string): string {
    if (this.#reached) return '';
    if (this.#stop === '') return text;
    this.#held += text;
    const at = this.#held.indexOf(this.#stop);
    if (at >= 0) {
      this.#reached = true;
      return this.#take(at);
    }
    for (let length = Math.min(this.#held.length, this.#stop.length - 1); length > 0; length -= 1)
      if (this.#stop.startsWith(this.#held.slice(-length))) return this.#take(this.#held.length - length);
    return this.#take(this.#held.length);
  }

  /** What was held back and turned out to be ordinary text. */
  end(): string {
    return this.#reached ? '' : this.#take(this.#held.length);
  }

  #take(length: number): string {
    const text = this.#held.slice(0, length);
    this.#held = this.#held.slice(length);
    return text;
  }
}
