import { batch, signal } from '@preact/signals';
import type { HistoryRange, StatsView, ToStats } from './messages.js';
import { ScrollPlace } from './scrollPlace.js';
import { loadSaved, post, save } from './statsHost.js';

const saved = loadSaved();

/** What the host told last; absent before its first word. */
export const stats = signal<StatsView | undefined>(undefined);
/** The time of the host. */
export const now = signal(0);
export const range = signal<HistoryRange>(saved.range);
/** Names of the charts that are shown as tables. */
export const tables = signal<ReadonlySet<string>>(new Set(saved.tables));
/** The moment that the pointer is at, in whichever chart. */
export const pointed = signal<number | undefined>(undefined);

let scroll = saved.scroll;
const place = new ScrollPlace(saved.scroll);
let waiting: ToStats[] = [];

/** Something came from the host: shown with the next frame, together with all else that comes until then. */
export function receive(message: ToStats): void {
  if (waiting.push(message) > 1) return;
  requestAnimationFrame(() => {
    const messages = waiting;
    waiting = [];
    batch(() => messages.forEach(show));
  });
}

/** Asks the host for everything. */
export function ask(): void {
  post({ type: 'show', range: range.value });
}

export function choose(next: HistoryRange): void {
  range.value = next;
  keep();
  ask();
}

export function toggleTable(chart: string): void {
  const next = new Set(tables.value);
  if (!next.delete(chart)) next.add(chart);
  tables.value = next;
  keep();
}

export function handleScroll(pixels: number): void {
  if (!place.settled) return;
  scroll = pixels;
  keep();
}

/** The person does something. */
export function handleInput(): void {
  place.release();
}

function show(message: ToStats): void {
  if (message.type === 'tick') {
    now.value = message.now;
    return;
  }
  stats.value = message.stats;
  now.value = message.stats.now;
  // Once it is drawn.
  if (!place.settled) requestAnimationFrame(() => place.seek(window));
}

function keep(): void {
  save({ range: range.value, tables: [...tables.value], scroll });
}
