import { describe, expect, it } from 'vitest';
import { reduce, type PanelState } from '../../../webview-ui/state/panelState.js';
import { panelWith } from './samples.js';

const open = (): PanelState => reduce(reduce(panelWith(), { type: 'find' }), { type: 'findTyped', text: 'tomato' });

describe('find in the transcript', () => {
  it('shows the newest match first and goes round', () => {
    let state = reduce(open(), { type: 'found', text: 'tomato', ids: [9, 5, 2], more: false });
    expect(state.find).toMatchObject({ searched: 'tomato', at: 0 });
    state = reduce(state, { type: 'findStepped', by: 1 });
    expect(state.find?.at).toBe(1);
    state = reduce(reduce(state, { type: 'findStepped', by: -1 }), { type: 'findStepped', by: -1 });
    expect(state.find?.at).toBe(2);
  });

  it('does not take the answer to an older text', () => {
    const state = reduce(open(), { type: 'found', text: 'tom', ids: [1], more: false });
    expect(state.find?.ids).toEqual([]);
  });

  it('forgets its matches with its text, and everything when it is closed', () => {
    const found = reduce(open(), { type: 'found', text: 'tomato', ids: [1], more: true });
    expect(reduce(found, { type: 'findTyped', text: '' }).find).toMatchObject({ ids: [], more: false });
    expect(reduce(found, { type: 'findClosed' }).find).toBeUndefined();
    expect(reduce(panelWith(), { type: 'found', text: 'x', ids: [1], more: false }).find).toBeUndefined();
  });

  it('selects its text again when it is asked for again', () => {
    expect(reduce(open(), { type: 'find' }).find).toMatchObject({ text: 'tomato', wishes: 2 });
  });
});
