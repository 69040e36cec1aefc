import type { Window } from './window.js';

/**
 * What must hold after every operation. Throws with the first thing that does not.
 *
 * @param held the tokens that the llama.cpp sequence holds, where there is one.
 */
export function checkInvariants(window: Window, held?: readonly number[]): void {
  const { capacity } = window.limits;
  const views = window.views();
  let position = 0;
  for (const view of views) {
    if (view.start !== position) throw new Error(`Span ${view.id} starts at ${view.start}, not at ${position}`);
    if (view.length <= 0) throw new Error(`Span ${view.id} is empty`);
    position += view.length;
  }
  if (position !== window.used + window.branch.length)
    throw new Error(`The spans hold ${position} tokens, not ${window.used}`);
  if (position > capacity) throw new Error(`${position} tokens are more than the capacity of ${capacity}`);
  const firstLoose = views.findIndex((view) => !view.pinned);
  const lastSink = views.findLastIndex((view) => view.kind === 'sink');
  if (lastSink > 0) throw new Error('The sinks are not first');
  if (lastSink === 0 && firstLoose === 0) throw new Error('The sinks are not pinned');
  const ids = new Set(views.map((view) => view.id));
  if (ids.size !== views.length) throw new Error('Two spans have the same id');
  if (held === undefined) return;
  const expected = window.tokens();
  const at = expected.findIndex((token, index) => token !== held[index]);
  if (at >= 0 || held.length !== expected.length)
    throw new Error(`The sequence holds ${held.length} tokens, the window ${expected.length}; they differ at ${at}`);
}
