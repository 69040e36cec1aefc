import { readBoolean, readNumber, readSomeOf, readTexts, type ReadSetting } from './readSetting.js';

/** What enters the session besides edits. */
const EVENTS = ['outline', 'rename', 'delete', 'save', 'error'] as const;
export type EditEventKind = (typeof EVENTS)[number];

export interface EditSettings {
  readonly enabled: boolean;
  /** Take in files that were never saved. */
  readonly untitled: boolean;
  /** Milliseconds. */
  readonly settleDelay: number;
  /** Patterns in the syntax of .gitignore. */
  readonly exclude: readonly string[];
  readonly events: readonly EditEventKind[];
  /** Share of the window that one edit or outline may take, 0 to 1. */
  readonly windowShare: number;
}

/** While a setting is wrong, nothing of the files is taken in: it may be the one that was to keep some of them out. */
export const NOTHING: EditSettings = {
  enabled: false,
  untitled: false,
  settleDelay: 1500,
  exclude: ['*'],
  events: [],
  windowShare: 0.05,
};

/** Throws a SettingComplaint at the first setting that is wrong. */
export const editSettings = (read: ReadSetting): EditSettings => ({
  enabled: readBoolean(read, 'edits.enabled'),
  untitled: readBoolean(read, 'edits.untitled'),
  settleDelay: readNumber(read, 'edits.settleDelay', 100, 60_000),
  exclude: readTexts(read, 'edits.exclude'),
  events: readSomeOf(read, 'edits.events', EVENTS),
  windowShare: readNumber(read, 'edits.windowShare', 0.01, 0.5, false),
});
