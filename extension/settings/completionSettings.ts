import { readBoolean, readNumber, type ReadSetting } from './readSetting.js';

export interface CompletionSettings {
  readonly enabled: boolean;
  /** Offer while typing, not only when asked. */
  readonly automatic: boolean;
  readonly inComments: boolean;
  readonly inStrings: boolean;
  readonly maxTokens: number;
  /** Mean token probability under which a completion is not shown. */
  readonly minConfidence: number;
  /** Minutes for which completions are snoozed. */
  readonly snoozeMinutes: number;
}

/** While a setting is wrong, nothing is offered. */
export const NOTHING_OFFERED: CompletionSettings = {
  enabled: false,
  automatic: false,
  inComments: false,
  inStrings: false,
  maxTokens: 64,
  minConfidence: 1,
  snoozeMinutes: 5,
};

/** Throws a SettingComplaint at the first setting that is wrong. */
export const completionSettings = (read: ReadSetting): CompletionSettings => ({
  enabled: readBoolean(read, 'completion.enabled'),
  automatic: readBoolean(read, 'completion.automatic'),
  inComments: readBoolean(read, 'completion.inComments'),
  inStrings: readBoolean(read, 'completion.inStrings'),
  maxTokens: readNumber(read, 'completion.maxTokens', 1, 1024),
  minConfidence: readNumber(read, 'completion.minConfidence', 0, 1, false),
  snoozeMinutes: readNumber(read, 'completion.snoozeMinutes', 1, 1440),
});
