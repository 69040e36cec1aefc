import { existsSync } from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { l10n, workspace, type ConfigurationScope, type ExtensionContext } from 'vscode';
import { Emitter, type Event } from 'vscode-jsonrpc/node';
import type { StartParams } from '../../inference/protocol.js';
import { Disposable } from '../base/lifecycle.js';
import { EngineError } from '../engine/engineError.js';
import { completionSettings, NOTHING_OFFERED, type CompletionSettings } from './completionSettings.js';
import { editSettings, NOTHING, type EditSettings } from './editSettings.js';
import { readOr, SettingComplaint, type Allowed, type ReadSetting } from './readSetting.js';
import { startParams } from './startParams.js';
import { workspaceFacts } from './workspaceFacts.js';

/** The settings of Endless, read when they are needed. */
export class Settings extends Disposable {
  readonly #context: ExtensionContext;
  readonly #onDidChange = this.register(new Emitter<undefined>());
  /** Any setting of Endless changed. */
  readonly onDidChange: Event<undefined> = this.#onDidChange.event;

  constructor(context: ExtensionContext) {
    super();
    this.#context = context;
    this.register(
      workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('endless')) this.#onDidChange.fire(undefined);
      }),
    );
  }

  /** Folder of the session: of the workspace, or of all windows without one. */
  get storagePath(): string {
    return (this.#context.storageUri ?? this.#context.globalStorageUri).fsPath;
  }

  /** What the engine is to be started with; throws an EngineError that names the wrong setting. */
  startParams(): StartParams {
    const configuration = workspace.getConfiguration('endless');
    const read: ReadSetting = (name) => configuration.get(name);
    try {
      editSettings(read);
      completionSettings(read);
      const told = this.#workspaceFacts();
      const params = startParams(read, {
        home: os.homedir(),
        workspaceFolder: workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file')?.uri.fsPath,
        modelsPath: path.join(this.#context.extensionPath, 'models'),
        storagePath: this.storagePath,
      });
      return told === undefined ? params : { ...params, workspace: told };
    } catch (error) {
      if (error instanceof SettingComplaint) throw settingInvalid(error);
      throw error;
    }
  }

  /** Nothing of a workspace that is not trusted. */
  #workspaceFacts(): string | undefined {
    if (!workspace.isTrusted) return undefined;
    const roots = (workspace.workspaceFolders ?? []).map(({ name, uri }) => ({
      name,
      has: (file: string) => uri.scheme === 'file' && existsSync(path.join(uri.fsPath, file)),
    }));
    return workspaceFacts(roots);
  }

  /** Nothing is offered while one of them is wrong. */
  completion(scope?: ConfigurationScope): CompletionSettings {
    const configuration = workspace.getConfiguration('endless', scope);
    return readOr(() => completionSettings((name) => configuration.get(name)), NOTHING_OFFERED);
  }

  /** Nothing is taken in while one of them is wrong. */
  edits(): EditSettings {
    const configuration = workspace.getConfiguration('endless');
    return readOr(() => editSettings((name) => configuration.get(name)), NOTHING);
  }
}

function settingInvalid(complaint: SettingComplaint): EngineError {
  return new EngineError({
    code: 'settingInvalid',
    message: l10n.t(
      'The setting {0} cannot be used: {1}. Correct it in the settings; the engine then starts by itself.',
      complaint.setting,
      describe(complaint.allowed),
    ),
    remedies: ['openSettings', 'retry'],
  });
}

function describe(allowed: Allowed): string {
  switch (allowed.kind) {
    case 'number':
      return allowed.whole
        ? l10n.t('it must be a whole number from {0} to {1}', allowed.min, allowed.max)
        : l10n.t('it must be a number from {0} to {1}', allowed.min, allowed.max);
    case 'oneOf':
      return l10n.t('it must be one of {0}', allowed.values.join(', '));
    case 'text':
      return l10n.t('it must be a text');
    case 'boolean':
      return l10n.t('it must be true or false');
    case 'texts':
      return l10n.t('it must be a list of texts, such as ["dist/", "*.log"]');
    case 'someOf':
      return l10n.t('it must be a list of some of {0}', allowed.values.join(', '));
    case 'absolutePath':
      return l10n.t('it is a relative path, and no folder is open that it could start from');
    case 'zeroOrAtLeast':
      return l10n.t('it must be 0 (chosen from the model) or at least {0}', allowed.min);
  }
}
