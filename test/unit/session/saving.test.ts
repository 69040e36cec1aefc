import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Saving } from '../../../inference/session/saving.js';

const to = { lastEvent: 1, missing: [] };
const MEGABYTE = 1_000_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function saving(bytes: number | Error = 1) {
  const told: string[] = [];
  const begun: (() => void)[] = [];
  const idle = vi.fn();
  const parts = new Saving({
    keeper: {
      save: () =>
        Promise.resolve(async () => {
          await new Promise<void>((resolve) => begun.push(resolve));
          if (bytes instanceof Error) throw bytes;
          return bytes;
        }),
    },
    canSave: true,
    log: (_, message) => told.push(message),
    whenIdle: idle,
  });
  return { parts, told, begun, idle };
}

describe('the saving of the window', () => {
  test('begins once nothing has happened for a while; typing puts it off, and begins none', async () => {
    const { parts, idle } = saving();
    parts.putOff();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(idle).not.toHaveBeenCalled();
    parts.whenIdle();
    await vi.advanceTimersByTimeAsync(4_000);
    parts.putOff();
    await vi.advanceTimersByTimeAsync(4_000);
    expect(idle).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1_500);
    expect(idle).toHaveBeenCalledOnce();
  });

  test('rests the longer after it the more was written', async () => {
    const { parts, begun, idle } = saving(400 * MEGABYTE);
    const saved = parts.save(to);
    await vi.advanceTimersByTimeAsync(0);
    begun.shift()?.();
    await saved;
    parts.whenIdle();
    await vi.advanceTimersByTimeAsync(90_000);
    expect(idle).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(11_000);
    expect(idle).toHaveBeenCalledOnce();
  });

  test('the copy lets others go on; the next one waits until it is a checkpoint', async () => {
    const { parts, begun } = saving();
    await parts.copy(to);
    const second = parts.copy(to);
    await vi.advanceTimersByTimeAsync(0);
    expect(begun).toHaveLength(1);
    begun[0]?.();
    await second;
    await vi.advanceTimersByTimeAsync(0);
    expect(begun).toHaveLength(2);
  });

  test('what fails is told and nothing more', async () => {
    const { parts, told, begun } = saving(new Error('no space left on device'));
    await parts.copy(to);
    await vi.advanceTimersByTimeAsync(0);
    begun[0]?.();
    await parts.settled();
    expect(told).toEqual(['The window could not be saved: no space left on device']);
  });
});
