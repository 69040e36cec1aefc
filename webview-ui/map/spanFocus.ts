/** Puts the focus on a span of the map, if it is there. */
export function focusSpan(id: number): void {
  document.querySelector<HTMLElement>(`[data-span="${id}"]`)?.focus();
}
