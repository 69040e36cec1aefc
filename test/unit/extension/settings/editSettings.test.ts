import { describe, expect, test } from 'vitest';
import { completionSettings, NOTHING_OFFERED } from '../../../../extension/settings/completionSettings.js';
import { editSettings, NOTHING } from '../../../../extension/settings/editSettings.js';
import { readOr, SettingComplaint, type ReadSetting } from '../../../../extension/settings/readSetting.js';
import manifest from '../../../../package.json' with { type: 'json' };

const DEFAULTS = new Map<string, unknown>(
  manifest.contributes.configuration.flatMap(({ properties }) =>
    Object.entries(properties).map(([name, property]) => [name, (property as { readonly default: unknown }).default]),
  ),
);

/** As VS Code reads a setting: what is written stands as it is, whatever its type. */
const reading =
  (written: Readonly<Record<string, unknown>> = {}): ReadSetting =>
  (name) =>
    name in written ? written[name] : DEFAULTS.get(`endless.${name}`);

const complaintOf = (action: () => unknown): unknown => {
  try {
    action();
  } catch (error) {
    if (error instanceof SettingComplaint) return { setting: error.setting, kind: error.allowed.kind };
    throw error;
  }
  return undefined;
};

describe('editSettings', () => {
  test('what the manifest has as defaults can be used', () => {
    expect(editSettings(reading())).toEqual({
      enabled: true,
      untitled: false,
      settleDelay: 1500,
      exclude: [],
      events: ['outline', 'rename', 'delete'],
      windowShare: 0.05,
    });
    expect(editSettings(reading({ 'edits.exclude': ['dist/', '*.log'], 'edits.events': [] }))).toMatchObject({
      exclude: ['dist/', '*.log'],
      events: [],
    });
  });

  test.each([
    ['edits.exclude', 'dist/**', 'texts'],
    ['edits.exclude', { '**/dist': true }, 'texts'],
    ['edits.exclude', [1], 'texts'],
    ['edits.exclude', null, 'texts'],
    ['edits.events', null, 'someOf'],
    ['edits.events', ['outlines'], 'someOf'],
    ['edits.enabled', 'false', 'boolean'],
    ['edits.settleDelay', '1500', 'number'],
    ['edits.windowShare', 5, 'number'],
  ])('%s may not be %j, and while it is so nothing of the files is taken in', (name, value, kind) => {
    const read = reading({ [name]: value });
    expect(complaintOf(() => editSettings(read))).toEqual({ setting: `endless.${name}`, kind });
    expect(readOr(() => editSettings(read), NOTHING)).toBe(NOTHING);
    expect(NOTHING).toMatchObject({ enabled: false, exclude: ['*'] });
  });
});

describe('completionSettings', () => {
  test('what the manifest has as defaults can be used', () => {
    expect(completionSettings(reading())).toMatchObject({ enabled: true, maxTokens: 64, snoozeMinutes: 5 });
  });

  test.each([
    ['completion.enabled', 'off', 'boolean'],
    ['completion.maxTokens', '64', 'number'],
    ['completion.minConfidence', 25, 'number'],
    ['completion.snoozeMinutes', 0, 'number'],
  ])('%s may not be %j, and while it is so nothing is offered', (name, value, kind) => {
    const read = reading({ [name]: value });
    expect(complaintOf(() => completionSettings(read))).toEqual({ setting: `endless.${name}`, kind });
    expect(readOr(() => completionSettings(read), NOTHING_OFFERED)).toBe(NOTHING_OFFERED);
  });
});
