import { l10n } from 'vscode';
import type { OffReason } from './editSwitch.js';
import type { NextStep } from './nextStep.js';

export function whyOff(off: OffReason): string {
  switch (off) {
    case 'untrusted':
      return l10n.t('Edits are not taken in: the workspace is not trusted.');
    case 'setting':
      return l10n.t('Edits are not taken in: the setting endless.edits.enabled is off.');
    case 'paused':
      return l10n.t('Edits are not taken in.');
  }
}

export function stepTitle({ name }: NextStep): string {
  switch (name) {
    case 'pause':
      return l10n.t('Pause Taking In Edits');
    case 'resume':
      return l10n.t('Resume Taking In Edits');
    case 'manageTrust':
      return l10n.t('Manage Workspace Trust');
    case 'openSetting':
      return l10n.t('Open Setting');
  }
}
