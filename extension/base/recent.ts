/** Remembers names for a while. */
export class Recent {
  readonly #while: number;
  /** When each came, the longest ago first. */
  readonly #since = new Map<string, number>();

  /** @param milliseconds for which a name is remembered */
  constructor(milliseconds: number) {
    this.#while = milliseconds;
  }

  add(name: string): void {
    this.#forget();
    this.#since.delete(name);
    this.#since.set(name, performance.now());
  }

  has(name: string): boolean {
    this.#forget();
    return this.#since.has(name);
  }

  delete(name: string): void {
    this.#since.delete(name);
  }

  #forget(): void {
    const earliest = performance.now() - this.#while;
    for (const [name, since] of this.#since) {
      if (since > earliest) return;
      this.#since.delete(name);
    }
  }
}
