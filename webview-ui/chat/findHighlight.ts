import { computed } from '@preact/signals';
import { panel } from '../state/store.js';
import { transcriptList } from './transcriptList.js';

/** Marks what was searched for in the rows that are drawn, without touching their elements. */
export function highlightFound(): void {
  if (!('highlights' in CSS)) return;
  let frame: number | undefined;
  // With the range and the rows, so that newly drawn ones are marked too.
  const sought = computed(() => ({
    text: panel.find.value?.text.toLowerCase() ?? '',
    range: transcriptList.range.value,
    rows: transcriptList.rows.value,
  }));
  sought.subscribe(({ text }) => {
    if (frame !== undefined) cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
      frame = undefined;
      CSS.highlights.set('found', new Highlight(...(text === '' ? [] : rangesOf(text))));
    });
  });
}

function rangesOf(text: string): Range[] {
  const list = document.querySelector('.list');
  if (!list) return [];
  const ranges: Range[] = [];
  const walker = document.createTreeWalker(list, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const content = node.nodeValue?.toLowerCase() ?? '';
    for (let at = content.indexOf(text); at >= 0; at = content.indexOf(text, at + text.length)) {
      const range = new Range();
      range.setStart(node, at);
      range.setEnd(node, at + text.length);
      ranges.push(range);
    }
  }
  return ranges;
}
