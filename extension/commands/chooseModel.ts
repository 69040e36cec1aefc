import { ConfigurationTarget, l10n, window, workspace, type QuickPickItem, type Uri } from 'vscode';

/** Asks for a model file; injected, since tests have no dialogs. */
export type PickFile = () => Promise<Uri | undefined>;

export const pickGguf: PickFile = async () => {
  const [file] =
    (await window.showOpenDialog({
      title: l10n.t('Choose a GGUF model'),
      openLabel: l10n.t('Use This Model'),
      canSelectMany: false,
      filters: { [l10n.t('GGUF models')]: ['gguf'], [l10n.t('All files')]: ['*'] },
    })) ?? [];
  return file;
};

interface Choice extends QuickPickItem {
  readonly choose: () => Promise<void>;
}

/** Lets the person choose the model; the changed setting then restarts the engine. */
export async function chooseModel(pickFile: PickFile): Promise<void> {
  const choices: readonly Choice[] = [
    {
      label: l10n.t('Built-in model with a sink token'),
      description: l10n.t('small, offline, at once'),
      choose: () => useBuiltInModel('sink'),
    },
    {
      label: l10n.t('Built-in model without a sink token'),
      description: l10n.t('its twin, to compare'),
      choose: () => useBuiltInModel('vanilla'),
    },
    {
      label: l10n.t('A GGUF file…'),
      description: l10n.t('any model that llama.cpp runs'),
      choose: async () => {
        const file = await pickFile();
        if (file) await useModelFile(file.fsPath);
      },
    },
  ];
  const choice = await window.showQuickPick(choices, { title: l10n.t('Model of the session') });
  await choice?.choose();
}

/** Takes back every `endless.model.path` that stands before the built-in model. */
export async function useBuiltInModel(which?: 'sink' | 'vanilla'): Promise<void> {
  if (which) await update('model.builtIn', which);
  const configuration = workspace.getConfiguration('endless');
  const set = configuration.inspect<string>('model.path');
  if (set?.workspaceValue !== undefined)
    await configuration.update('model.path', undefined, ConfigurationTarget.Workspace);
  if (set?.globalValue !== undefined) await configuration.update('model.path', undefined, ConfigurationTarget.Global);
}

async function useModelFile(path: string): Promise<void> {
  await update('model.path', path);
}

/** Writes where the setting is set already, else for the person. */
async function update(name: string, value: string): Promise<void> {
  const configuration = workspace.getConfiguration('endless');
  const inWorkspace = configuration.inspect(name)?.workspaceValue !== undefined;
  await configuration.update(name, value, inWorkspace ? ConfigurationTarget.Workspace : ConfigurationTarget.Global);
}
