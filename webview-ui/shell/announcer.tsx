import { signal } from '@preact/signals';

const said = signal('');

/** Says something to a screen reader, once, without moving the focus. */
export function announce(text: string): void {
  // The same words again are no change and would be silent.
  said.value = said.value === text ? `${text}\u00a0` : text;
}

export function Announcer() {
  return (
    <div class="visually-hidden" role="status" aria-live="polite">
      {said.value}
    </div>
  );
}
