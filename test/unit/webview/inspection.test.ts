import { describe, expect, it } from 'vitest';
import { inspect, inWindow, neighbour, withSpanText } from '../../../webview-ui/state/inspection.js';
import { reduce } from '../../../webview-ui/state/panelState.js';
import { CRASH, panelWith, span, windowOf } from './samples.js';

const spans = [span(1, 0, 10), span(2, 10, 20), span(3, 30, 5)];
const window = windowOf(spans);
const second = inspect(span(2, 10, 20));

describe('the text of a span', () => {
  it('is taken only for the span that is shown', () => {
    expect(withSpanText(second, { spanId: 2, text: 'two' })).toEqual({ span: spans[1], text: 'two', gone: false });
    expect(withSpanText(second, { spanId: 3, text: 'three' })).toBe(second);
  });

  it('stays to be read when its span has left, by whichever message that is known first', () => {
    const read = withSpanText(second, { spanId: 2, text: 'two' });
    expect(inWindow(read, windowOf([span(3, 0, 5)]))).toEqual({ ...read, gone: true });
    expect(withSpanText(read, { spanId: 2 })).toEqual({ ...read, gone: true });
  });

  it('follows its span to where an eviction has moved it', () => {
    expect(inWindow(second, windowOf([span(2, 0, 25)])).span).toMatchObject({ start: 0, length: 25 });
  });

  it('leads to its neighbours, and nowhere from a span that has left', () => {
    expect(neighbour(window, second, -1)?.id).toBe(1);
    expect(neighbour(window, second, 1)?.id).toBe(3);
    expect(neighbour(window, inspect(span(3, 30, 5)), 1)).toBeUndefined();
    expect(neighbour(window, inspect(span(9, 30, 5)), -1)).toBeUndefined();
  });
});

describe('in the panel', () => {
  const opened = reduce(panelWith(), { type: 'spanInspected', span: span(2, 10, 20) });

  it('comes by a message, moves with the window, and goes when it is closed', () => {
    let state = reduce(opened, { type: 'spanText', spanId: 2, text: 'two' });
    state = reduce(state, { type: 'window', window: windowOf([span(2, 4, 20)]) });
    expect(state.inspection).toMatchObject({ text: 'two', span: { start: 4 }, gone: false });
    expect(reduce(state, { type: 'inspectionClosed' }).inspection).toBeUndefined();
  });

  it('goes with the engine, whose successor gives its spans other numbers', () => {
    expect(reduce(opened, { type: 'state', state: { phase: 'failed', error: CRASH } }).inspection).toBeUndefined();
    expect(reduce(opened, { type: 'state', state: { phase: 'starting', detail: '' } }).inspection).toBeUndefined();
  });
});
