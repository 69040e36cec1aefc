import { describe, expect, test } from 'vitest';
import type { EventView } from '../../../../inference/views.js';
import { LiveReply } from '../../../../extension/panel/liveReply.js';

const reply = (text: string, state: EventView['state']): EventView => ({
  id: 2,
  kind: 'reply',
  title: '',
  text,
  at: 0,
  state,
});

describe('LiveReply', () => {
  test('puts the text that came since into a page of the transcript', () => {
    const live = new LiveReply();
    live.handleEvent(reply('', 'streaming'));
    live.handleDelta(2, 'one ');
    live.handleDelta(3, 'of another reply');
    live.handleDelta(2, 'two');
    expect(live.refresh([reply('one', 'streaming')])).toEqual([reply('one two', 'streaming')]);
  });

  test.each(['complete', 'interrupted'] as const)('leaves a page alone once the reply is %s', (state) => {
    const live = new LiveReply();
    live.handleEvent(reply('', 'streaming'));
    live.handleDelta(2, 'one');
    live.handleEvent(reply('one', state));
    const page = [reply('one and all', state)];
    expect(live.refresh(page)).toBe(page);
  });

  test('forgets the reply of an engine that is gone', () => {
    const live = new LiveReply();
    live.handleEvent(reply('half', 'streaming'));
    live.clear();
    expect(live.refresh([reply('ha', 'interrupted')])).toEqual([reply('ha', 'interrupted')]);
  });
});
