import { commands, type LogOutputChannel } from 'vscode';
import type { Remedy } from '../../inference/views.js';

export type ApplyRemedy = (remedy: Remedy) => Promise<void>;

/** What the buttons under an error do. */
export function remedies(log: LogOutputChannel): ApplyRemedy {
  return async (remedy) => {
    switch (remedy) {
      case 'retry':
        await commands.executeCommand('endless.restartEngine');
        return;
      case 'chooseModel':
        await commands.executeCommand('endless.chooseModel');
        return;
      case 'useBuiltInModel':
        await commands.executeCommand('endless.useBuiltInModel');
        return;
      case 'openSettings':
        await commands.executeCommand('workbench.action.openSettings', '@ext:endless.endless');
        return;
      case 'showLog':
        log.show();
        return;
    }
  };
}
