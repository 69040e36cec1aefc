import type { OffReason } from './editSwitch.js';

/** What a person can do about the taking in of edits. */
export interface NextStep {
  readonly name: 'pause' | 'resume' | 'manageTrust' | 'openSetting';
  readonly command: string;
  readonly arguments: readonly string[];
}

/** @param off why edits are not taken in, if they are not */
export function nextStep(off: OffReason | undefined): NextStep {
  switch (off) {
    case undefined:
      return { name: 'pause', command: 'endless.toggleEdits', arguments: [] };
    case 'paused':
      return { name: 'resume', command: 'endless.toggleEdits', arguments: [] };
    case 'untrusted':
      return { name: 'manageTrust', command: 'workbench.trust.manage', arguments: [] };
    case 'setting':
      return {
        name: 'openSetting',
        command: 'workbench.action.openSettings',
        arguments: ['@id:endless.edits.enabled'],
      };
  }
}

/** The step as the address of a link in Markdown. */
export function stepLink({ command, arguments: given }: NextStep): string {
  return given.length === 0 ? `command:${command}` : `command:${command}?${encodeURIComponent(JSON.stringify(given))}`;
}
