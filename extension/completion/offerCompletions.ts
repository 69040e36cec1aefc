import { commands, l10n, languages, window } from 'vscode';
import { complete } from '../../inference/protocol.js';
import type { DisposableStore } from '../base/lifecycle.js';
import type { StreamParts } from '../streamParts.js';
import { AcceptanceStats } from './acceptanceStats.js';
import { CompletionProvider } from './completionProvider.js';
import { Snooze } from './snooze.js';

export interface Completions {
  readonly provider: CompletionProvider;
  readonly acceptance: AcceptanceStats;
  readonly snooze: Snooze;
}

/** Wires what offers completions, and what becomes of them. */
export function offerCompletions(
  { engine, admission, settings, code, cost, memory, log }: StreamParts,
  store: DisposableStore,
): Completions {
  const acceptance = store.add(new AcceptanceStats(memory, cost));
  const snooze = store.add(new Snooze());
  const provider = store.add(
    new CompletionProvider({
      complete: (params, token) => engine.request(complete, params, token),
      ready: () => engine.ready,
      admission,
      code,
      settings: (document) => settings.completion(document),
      snooze,
      acceptance,
      log,
    }),
  );
  store.add(languages.registerInlineCompletionItemProvider({ pattern: '**' }, provider));
  store.add(
    commands.registerCommand('endless.toggleSnooze', () => toggleSnooze(snooze, settings.completion().snoozeMinutes)),
  );
  return { provider, acceptance, snooze };
}

function toggleSnooze(snooze: Snooze, minutes: number): void {
  if (snooze.active) snooze.stop();
  else snooze.start(minutes);
  void window.showInformationMessage(
    snooze.active
      ? l10n.t('No completion comes by itself for {0} minutes. Run the command again to resume.', minutes)
      : l10n.t('Completions come by themselves again.'),
  );
}
