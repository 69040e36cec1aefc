import { existsSync } from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { l10n, workspace, type ConfigurationScope, type ExtensionContext } from 'vscode';
import { Emitter, type Event } from 'vscode-jsonrpc/node';
import type { StartParams } from '../../inference/protocol.js';
import { Disposable } from '../base/lifecycle.js';
import { EngineError } from '../engine/engineError.js';
import { SettingComplaint, startParams, type Allowed } from './startParams.js';
import { workspaceFacts } from './workspaceFacts.js';

export interface CompletionSettings {
  readonly enabled: boolean;
  /** Offer while typing, not only when asked. */
  readonly automatic: boolean;
  readonly inComments: boolean;
  readonly inStrings: boolean;
  readonly maxTokens: number;
  /** Mean token probability under which a completion is not shown. */
  readonly minConfidence: number;
}

/** What enters the session besides edits. */
export type EditEventKind = 'outline' | 'rename' | 'delete' | 'save' | 'error';

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

  /** What the engine is to be started with; throws an EngineError that names the wrong setting. */
  startParams(): StartParams {
    const configuration = workspace.getConfiguration('endless');
    try {
      const told = this.#workspaceFacts();
      const params = startParams((name) => configuration.get(name), {
        home: os.homedir(),
        workspaceFolder: workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file')?.uri.fsPath,
        modelsPath: path.join(this.#context.extensionPath, 'models'),
        storagePath: (this.#context.storageUri ?? this.#context.globalStorageUri).fsPath,
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

  completion(scope?: ConfigurationScope): CompletionSettings {
    const configuration = workspace.getConfiguration('endless.completion', scope);
    return {
      enabled: configuration.get('enabled', true),
      automatic: configuration.get('automatic', true),
      inComments: configuration.get('inComments', true),
      inStrings: configuration.get('inStrings', true),
      maxTokens: configuration.get('maxTokens', 64),
      minConfidence: configuration.get('minConfidence', 0.25),
    };
  }

  /** Minutes for which completions are snoozed. */
  snoozeMinutes(): number {
    return workspace.getConfiguration('endless.completion').get('snoozeMinutes', 5);
  }

  edits(): EditSettings {
    const configuration = workspace.getConfiguration('endless.edits');
    return {
      enabled: configuration.get('enabled', true),
      untitled: configuration.get('untitled', false),
      settleDelay: configuration.get('settleDelay', 1500),
      exclude: configuration.get<readonly string[]>('exclude', []),
      events: configuration.get<readonly EditEventKind[]>('events', ['outline', 'rename', 'delete']),
      windowShare: configuration.get('windowShare', 0.05),
    };
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
    case 'absolutePath':
      return l10n.t('it is a relative path, and no folder is open that it could start from');
    case 'zeroOrAtLeast':
      return l10n.t('it must be 0 (chosen from the model) or at least {0}', allowed.min);
  }
}
