/**
 * Where the person has scrolled to, kept over hiding and reloading. After a reload the page may be too short at first,
 * since the engine is still starting: the place is sought again until it is there or the person scrolls elsewhere.
 */
export class ScrollPlace {
  #wanted: number | undefined;

  /** @param saved pixels from the top */
  constructor(saved: number) {
    this.#wanted = saved > 0 ? saved : undefined;
  }

  /** The page has grown: goes there, if it can. */
  seek(page: Pick<Window, 'scrollTo' | 'scrollY'>): void {
    if (this.#wanted === undefined) return;
    page.scrollTo(0, this.#wanted);
    if (Math.abs(page.scrollY - this.#wanted) < 1) this.#wanted = undefined;
  }

  /** The person does something: from now on the place is theirs to choose. */
  release(): void {
    this.#wanted = undefined;
  }

  /** Whether the page is where it is because somebody wants it there. */
  get settled(): boolean {
    return this.#wanted === undefined;
  }
}
