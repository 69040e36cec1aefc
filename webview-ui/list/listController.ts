import { signal } from '@preact/signals';
import { ListLayout, type ListRange, type ListRow } from './listLayout.js';

/** Pixels drawn beyond each edge of the viewport, so that a fast wheel finds rows there. */
const OVERSCAN = 400;
/** Closer to the bottom than this many pixels counts as at the bottom: zoom makes fractions of pixels. */
const BOTTOM = 4;
/** Pixels that stay free above a row that was scrolled to. */
const MARGIN = 28;

/** The row at the top of the viewport and how far the viewport's top is below the row's: what must not move. */
export interface Anchor {
  readonly key: string;
  readonly below: number;
}

/**
 * Moves the virtual list: decides which rows are drawn, keeps the bottom in view while the person is there, and
 * otherwise keeps what they read where it is, whatever grows above or below.
 */
export class ListController<Row extends ListRow> {
  readonly range = signal<ListRange>({ first: 0, end: 0 });
  readonly rows = signal<readonly Row[]>([]);
  /** Whether the list sticks to its end. */
  readonly following = signal(true);

  /** Where the person reads. */
  readonly reading = signal<Anchor | undefined>(undefined);

  private readonly layout = new ListLayout();
  private readonly mounted = new Map<string, HTMLElement>();
  private readonly resized = new ResizeObserver(() => this.settle());
  /** A row that has been opened and has not grown yet. */
  private opening: { readonly key: string; readonly height: number } | undefined;
  private scroller: HTMLElement | undefined;
  private body: HTMLElement | undefined;
  private window: HTMLElement | undefined;
  private anchor: Anchor | undefined;
  private lastTop = 0;

  /** `body` has the height of all rows, `window` inside it holds those that are drawn. */
  attach(scroller: HTMLElement, body: HTMLElement, window: HTMLElement): () => void {
    this.scroller = scroller;
    this.body = body;
    this.window = window;
    this.resized.observe(scroller);
    scroller.addEventListener('scroll', this.handleScroll, { passive: true });
    this.settle();
    return () => {
      scroller.removeEventListener('scroll', this.handleScroll);
      this.resized.disconnect();
      this.scroller = undefined;
    };
  }

  setRows(rows: readonly Row[]): void {
    this.layout.setRows(rows);
    this.rows.value = rows;
    this.redraw();
  }

  /** The element of a row has come, or gone. */
  track(key: string, element: HTMLElement | null): void {
    const known = this.mounted.get(key);
    if (known && known !== element) this.resized.unobserve(known);
    if (element) {
      this.mounted.set(key, element);
      if (known !== element) this.resized.observe(element);
    } else this.mounted.delete(key);
  }

  /** To be called when the drawn rows are in the document: measures them and puts everything into its place. */
  settle(): void {
    const { scroller } = this;
    if (!scroller) return;
    for (const [key, element] of this.mounted) this.layout.setHeight(key, element.offsetHeight);
    this.place();
    this.showOpened();
    const top = this.following.peek() ? this.bottom() : this.anchoredTop();
    if (Math.abs(scroller.scrollTop - top) >= 1) scroller.scrollTop = top;
    this.lastTop = scroller.scrollTop;
    if (this.anchor === undefined || this.following.peek()) this.keepAnchor();
    this.reading.value = this.anchor;
    this.redraw();
  }

  /** Keeps what is read now where it is, though a row is about to grow since the person has opened it. */
  hold(key: string): void {
    this.following.value = false;
    this.keepAnchor();
    const element = this.mounted.get(key);
    if (element) this.opening = { key, height: element.offsetHeight };
  }

  scrollToEnd(): void {
    this.following.value = true;
    this.settle();
  }

  /** Puts the row near the top of the viewport, or where it was. False if there is no such row. */
  scrollTo(key: string, below = -MARGIN): boolean {
    const index = this.layout.indexOf(key);
    if (index === undefined || !this.scroller) return false;
    this.following.value = false;
    this.anchor = { key, below };
    this.settle();
    // All is in view: there is no other place to come back from.
    if (this.bottom() === 0) this.following.value = true;
    return true;
  }

  /** What a row has opened to comes into view, as much of it as there is room for. */
  private showOpened(): void {
    const { opening, scroller } = this;
    const element = opening && this.mounted.get(opening.key);
    if (!element || !scroller || element.offsetHeight <= opening.height) return;
    this.opening = undefined;
    const start = this.layout.offsetOf(this.layout.indexOf(opening.key) ?? 0);
    const least = start + element.offsetHeight - scroller.clientHeight;
    const top = Math.min(start - MARGIN, Math.max(this.anchoredTop(), least));
    if (top > this.anchoredTop()) this.anchor = { key: opening.key, below: top - start };
  }

  private readonly handleScroll = (): void => {
    const { scroller } = this;
    if (!scroller) return;
    const top = scroller.scrollTop;
    // Our own move, which may have been cut short where the list ends: the wish that it was made for still stands.
    if (Math.abs(top - this.lastTop) < 1) return;
    // Only an upward move that does not end at the bottom is the person's wish to leave it.
    if (top >= this.bottom() - BOTTOM) this.following.value = true;
    else if (top < this.lastTop - 1) this.following.value = false;
    this.lastTop = top;
    this.keepAnchor();
    this.redraw();
  };

  private bottom(): number {
    return Math.max(0, this.layout.total - (this.scroller?.clientHeight ?? 0));
  }

  private anchoredTop(): number {
    const index = this.anchor && this.layout.indexOf(this.anchor.key);
    if (index === undefined || !this.anchor) return this.scroller?.scrollTop ?? 0;
    return Math.min(this.bottom(), Math.max(0, this.layout.offsetOf(index) + this.anchor.below));
  }

  private keepAnchor(): void {
    const top = this.scroller?.scrollTop ?? 0;
    let index = this.layout.indexAt(top);
    while (this.layout.rowAt(index)?.floating) index++;
    const key = this.layout.rowAt(index)?.key;
    this.anchor = key === undefined ? undefined : { key, below: top - this.layout.offsetOf(index) };
    this.reading.value = this.anchor;
  }

  /** Chooses the rows to draw; the component follows the signal and calls `settle` when they stand. */
  private redraw(): void {
    const { scroller } = this;
    if (!scroller) return;
    const top = this.following.peek() ? this.bottom() : this.anchoredTop();
    const next = this.layout.rangeOf(top - OVERSCAN, top + scroller.clientHeight + OVERSCAN);
    const now = this.range.peek();
    if (now.first !== next.first || now.end !== next.end) this.range.value = next;
  }

  private place(): void {
    if (this.body) this.body.style.height = `${this.layout.total}px`;
    if (this.window) this.window.style.transform = `translateY(${this.layout.offsetOf(this.range.peek().first)}px)`;
  }
}
