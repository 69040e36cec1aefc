import { describe, expect, it } from 'vitest';
import { rowsOf } from '../../../webview-ui/chat/transcriptRows.js';
import { visibilityOf } from '../../../webview-ui/state/visibility.js';
import { event, span, windowOf } from './samples.js';

const events = [event(1, 'system'), event(2), event(3, 'reply'), event(4, 'edit'), event(5)];
const pinned = span(1, 0, 10, { kind: 'system', pinned: true });

/** The rows as words: events by number, those out of sight in brackets. */
function drawn(window: Parameters<typeof visibilityOf>[0], list = events, more = false): readonly string[] {
  return rowsOf({ events: list, more }, visibilityOf(window, list), false).map((row) => {
    if (row.type !== 'event') return row.type;
    return row.visible ? String(row.event.id) : `(${row.event.id})`;
  });
}

describe('rowsOf', () => {
  it('draws no horizon while all is visible', () => {
    expect(drawn(undefined)).toEqual(['1', '2', '3', '4', '5']);
    expect(drawn(windowOf([pinned, span(2, 10, 5)], { horizon: 2 }))).toEqual(['1', '2', '3', '4', '5']);
  });

  it('draws the horizon above the oldest visible event and leaves what is pinned in sight', () => {
    const window = windowOf([pinned, span(4, 10, 5), span(5, 15, 5)], { horizon: 4 });
    expect(drawn(window)).toEqual(['1', '(2)', '(3)', 'horizon', '4', '5']);
  });

  it('leaves in the dark what left before its turn, and in the light what is on its way', () => {
    const window = windowOf([pinned, span(2, 10, 5), span(3, 15, 5)], { horizon: 2 });
    expect(drawn(windowOf([...window.spans, span(5, 20, 5)], { horizon: 2 }))).toEqual(['1', '2', '3', '(4)', '5']);
    expect(drawn(window)).toEqual(['1', '2', '3', '4', '5']);
    const marked = [...events.slice(0, 3), event(4, 'unpin'), event(5)];
    expect(drawn(windowOf([...window.spans, span(5, 20, 5)], { horizon: 2 }), marked)).toContain('4');
  });

  it('draws it at the top edge of what is loaded, but not where it runs further up', () => {
    const list = events.slice(3);
    const at4 = windowOf([pinned, span(4, 10, 5)], { horizon: 4 });
    expect(drawn(at4, list, true)).toEqual(['older', 'horizon', '4', '5']);
    expect(drawn(windowOf([pinned], { horizon: 2 }), list, true)).toEqual(['older', '4', '5']);
  });

  it('takes the last reset as the horizon while the window holds nothing but pinned spans', () => {
    const list = [...events, event(6, 'reset')];
    expect(drawn(windowOf([pinned]), list)).toEqual(['1', '(2)', '(3)', '(4)', '(5)', 'horizon', '6']);
    const undone = [...list, event(7, 'undoReset')];
    expect(drawn(windowOf([pinned]), undone)).toEqual(['1', '2', '3', '4', '5', '6', '7']);
  });
});
