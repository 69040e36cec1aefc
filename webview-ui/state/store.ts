import { batch, computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { loadSaved, save } from '../host.js';
import type { ToPanel } from '../messages.js';
import { initialState, reduce, type PanelAction, type PanelState } from './panelState.js';
import { composerToSave } from './savedState.js';
import { ALL_VISIBLE, sameVisibility, visibilityOf, type Visibility } from './visibility.js';

let state: PanelState = initialState(loadSaved());
/** A signal for each part of the state, so that a component redraws only when its own part has changed. */
const slices: Readonly<Record<string, Signal<unknown>>> = Object.fromEntries(
  Object.entries(state).map(([key, value]) => [key, signal<unknown>(value)]),
);

/** What the components read. */
export const panel = slices as unknown as { readonly [Key in keyof PanelState]: ReadonlySignal<PanelState[Key]> };

/** What the model can see of the transcript. */
export const visibility = computed<Visibility>((): Visibility => {
  const next = visibilityOf(panel.window.value, panel.transcript.value.events);
  // The same object while nothing has changed: the window comes four times a second, the rows must not redraw for it.
  return sameVisibility(lastVisibility, next) ? lastVisibility : (lastVisibility = next);
});
let lastVisibility: Visibility = ALL_VISIBLE;

/** Something happened in the panel: shown at once. */
export function dispatch(action: PanelAction): void {
  take(action);
  publish();
}

/** Something came from the host: shown with the next frame, together with all else that comes until then. */
export function receive(message: ToPanel): void {
  take(message);
  schedule();
}

function take(message: ToPanel | PanelAction): void {
  const before = state;
  state = reduce(state, message);
  const { draft, attachments, setAside } = state;
  if (draft !== before.draft || attachments !== before.attachments || setAside !== before.setAside)
    save(composerToSave(state));
}

let frame: number | undefined;

function schedule(): void {
  frame ??= requestAnimationFrame(() => {
    frame = undefined;
    publish();
  });
}

function publish(): void {
  batch(() => {
    for (const [key, value] of Object.entries(state)) {
      const slice = slices[key];
      if (slice) slice.value = value;
    }
  });
}
