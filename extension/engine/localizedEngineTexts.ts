import { l10n } from 'vscode';
import type { EngineExit } from './engineProcess.js';
import type { EngineTexts } from './engineTexts.js';

function how(exit: EngineExit): string {
  if (exit.error) return exit.error;
  if (exit.signal) return l10n.t('signal {0}', exit.signal);
  return l10n.t('exit code {0}', exit.code ?? -1);
}

export const localizedEngineTexts: EngineTexts = {
  starting: () => l10n.t('Starting the engine…'),
  restarting: () => l10n.t('Restarting the engine…'),
  crashed: (exit) => ({
    code: 'engineCrashed',
    message: l10n.t(
      'The engine process ended unexpectedly ({0}). It is being restarted and resumes from its journal; nothing that was said is lost.',
      how(exit),
    ),
    remedies: ['showLog'],
  }),
  gaveUp: (exit, times, builtIn) => ({
    code: 'engineGaveUp',
    message: l10n.t(
      'The engine process ended {0} times in a row, the last time with {1}. Try again, choose another model, or read the log.',
      times,
      how(exit),
    ),
    remedies: builtIn ? ['retry', 'chooseModel', 'showLog'] : ['retry', 'useBuiltInModel', 'chooseModel', 'showLog'],
  }),
  notRunning: () => ({
    code: 'engineCrashed',
    message: l10n.t('The engine is not running. Try again in a moment, or restart it.'),
    remedies: ['retry', 'showLog'],
  }),
  internal: (reason) => ({
    code: 'internal',
    message: l10n.t('Something went wrong in the engine: {0}. Try again; the log has the details.', reason),
    remedies: ['retry', 'showLog'],
  }),
};
