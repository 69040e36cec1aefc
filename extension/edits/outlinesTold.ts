import type { WindowView } from '../../inference/views.js';
import type { FedEvent } from './streamFeed.js';

/** Which files the model knows the outline of. */
export class OutlinesTold {
  readonly #told = new Map<string, FedEvent>();

  add(path: string, event: FedEvent): void {
    this.#told.set(path, event);
  }

  /** Whether the outline is in the window or on its way there. It no longer is once it has been evicted. */
  stillHolds(path: string, window: Pick<WindowView, 'spans'> | undefined): boolean {
    const spans = window?.spans ?? [];
    // A session that was resumed may hold it already.
    if (spans.some(({ kind, title }) => kind === 'outline' && title === path)) return true;
    const told = this.#told.get(path);
    if (!told || told.dropped) return false;
    // Events enter the window in their order: as long as it shows none that is later, this one is still to come.
    const { id } = told;
    return id === undefined || !spans.some(({ eventId = 0 }) => eventId > id);
  }
}
