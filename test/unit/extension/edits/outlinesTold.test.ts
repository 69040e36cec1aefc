import { describe, expect, test } from 'vitest';
import { OutlinesTold } from '../../../../extension/edits/outlinesTold.js';
import type { SpanView } from '../../../../inference/views.js';

const span = (eventId: number, kind: SpanView['kind'] = 'edit', title = ''): SpanView => ({
  id: eventId,
  kind,
  eventId,
  title,
  start: 0,
  length: 1,
  pinned: false,
  at: 0,
});

describe('OutlinesTold', () => {
  test('knows nothing at first', () => {
    expect(new OutlinesTold().stillHolds('a.ts', undefined)).toBe(false);
  });

  test('holds what a resumed window holds', () => {
    expect(new OutlinesTold().stillHolds('a.ts', { spans: [span(3, 'outline', 'a.ts')] })).toBe(true);
  });

  test('does not hold what never went on its way', () => {
    const told = new OutlinesTold();
    told.add('a.ts', { dropped: true });
    expect(told.stillHolds('a.ts', { spans: [] })).toBe(false);
  });

  test('holds what is on its way: without an id, and with one that the window has not reached', () => {
    const told = new OutlinesTold();
    told.add('a.ts', {});
    told.add('b.ts', { id: 7 });
    expect(told.stillHolds('a.ts', { spans: [span(9)] })).toBe(true);
    expect(told.stillHolds('b.ts', { spans: [span(6)] })).toBe(true);
  });

  test('no longer holds what has left the window', () => {
    const told = new OutlinesTold();
    told.add('b.ts', { id: 7 });
    expect(told.stillHolds('b.ts', { spans: [span(7, 'outline', 'b.ts'), span(8)] })).toBe(true);
    expect(told.stillHolds('b.ts', { spans: [span(8), span(9)] })).toBe(false);
  });
});
