import { Emitter } from 'vscode-jsonrpc/node';
import { describe, expect, test } from 'vitest';
import { EditSwitch, type OffReason } from '../../../../extension/edits/editSwitch.js';
import { nextStep, stepLink } from '../../../../extension/edits/nextStep.js';
import type { EditSettings } from '../../../../extension/settings/editSettings.js';

/** A switch in a workspace that can be changed, and what it did. */
function switched({ trusted = true, enabled = true, paused = false } = {}) {
  const now = { trusted, enabled };
  const remembered = new Map<string, unknown>(paused ? [['edits.paused', true]] : []);
  const settings = new Emitter<undefined>();
  const trust = new Emitter<undefined>();
  const seen: string[] = [];
  const edits = new EditSwitch({
    settings: { edits: () => ({ enabled: now.enabled }) as EditSettings, onDidChange: settings.event },
    isTrusted: () => now.trusted,
    onDidGrantTrust: (listener) => trust.event(listener),
    memory: {
      get: <T>(key: string, fallback?: T) => (remembered.get(key) ?? fallback) as T,
      update: (key: string, value: unknown) => {
        remembered.set(key, value);
        return Promise.resolve();
      },
    },
    tracker: { start: () => seen.push('start'), stop: () => seen.push('stop') },
  });
  edits.onDidChange(() => seen.push(edits.off ?? 'on'));
  return {
    edits,
    seen,
    remembered,
    grant: () => {
      now.trusted = true;
      trust.fire(undefined);
    },
    set: (value: boolean) => {
      now.enabled = value;
      settings.fire(undefined);
    },
  };
}

describe('EditSwitch', () => {
  test('pauses and resumes', async () => {
    const { edits, seen } = switched();
    expect(await edits.toggle()).toBe('paused');
    expect(await edits.toggle()).toBeUndefined();
    expect(seen).toEqual(['start', 'stop', 'paused', 'start', 'on']);
  });

  test.each<[{ trusted?: boolean; enabled?: boolean; paused?: boolean }, OffReason]>([
    [{ trusted: false }, 'untrusted'],
    [{ enabled: false }, 'setting'],
    [{ trusted: false, enabled: false, paused: true }, 'untrusted'],
    [{ enabled: false, paused: true }, 'setting'],
  ])('where edits are not allowed (%o) it says so and remembers nothing', async (state, reason) => {
    const { edits, seen, remembered } = switched(state);
    const before = new Map(remembered);
    expect(edits.off).toBe(reason);
    expect(await edits.toggle()).toBe(reason);
    expect(await edits.toggle()).toBe(reason);
    expect(remembered).toEqual(before);
    expect(seen).toEqual([]);
  });

  test('edits are taken in as soon as they are allowed, whatever was tried before', async () => {
    const { edits, seen, grant, set } = switched({ trusted: false, enabled: false });
    await edits.toggle();
    grant();
    await edits.toggle();
    set(true);
    expect(edits.on).toBe(true);
    expect(seen).toEqual(['setting', 'start', 'on']);
  });

  test('a pause outlasts that the setting forbids edits', () => {
    const { edits, seen, set } = switched({ paused: true });
    set(false);
    set(true);
    expect(edits.off).toBe('paused');
    expect(seen).toEqual(['setting', 'paused']);
  });
});

test('only a pause can be resumed; what else keeps edits out is changed elsewhere', () => {
  const reasons = [undefined, 'paused', 'untrusted', 'setting'] as const;
  expect(reasons.map((off) => [nextStep(off).name, stepLink(nextStep(off))])).toEqual([
    ['pause', 'command:endless.toggleEdits'],
    ['resume', 'command:endless.toggleEdits'],
    ['manageTrust', 'command:workbench.trust.manage'],
    ['openSetting', 'command:workbench.action.openSettings?%5B%22%40id%3Aendless.edits.enabled%22%5D'],
  ]);
});
