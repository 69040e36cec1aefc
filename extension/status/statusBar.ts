import { env, l10n, MarkdownString, StatusBarAlignment, ThemeColor, window } from 'vscode';
import type { EngineState, WindowView } from '../../inference/views.js';
import { Disposable } from '../base/lifecycle.js';
import type { EditSwitch } from '../edits/editSwitch.js';
import { stepTitle, whyOff } from '../edits/editsTexts.js';
import { nextStep, stepLink } from '../edits/nextStep.js';
import type { Supervisor } from '../engine/supervisor.js';
import type { Snooze } from '../completion/snooze.js';
import { gigabytes, short, statusOf, type Status } from './statusText.js';

const ICONS: Readonly<Record<Status['icon'], string>> = {
  loading: '$(loading~spin)',
  ready: '$(pulse)',
  answering: '$(sync~spin)',
  paused: '$(debug-pause)',
  snoozed: '$(bell-slash)',
  readOnly: '$(lock)',
  failed: '$(error)',
};

/** The state of the session at a glance; a click opens the panel. */
export class StatusBar extends Disposable {
  readonly #engine: Supervisor;
  readonly #edits: EditSwitch;
  readonly #snooze: Snooze;
  readonly #item = this.register(window.createStatusBarItem('endless.status', StatusBarAlignment.Right, 100));

  constructor(engine: Supervisor, edits: EditSwitch, snooze: Snooze) {
    super();
    this.#engine = engine;
    this.#edits = edits;
    this.#snooze = snooze;
    this.#item.name = l10n.t('Endless');
    this.#item.command = 'endless.focusChat';
    const draw = (): void => this.#draw();
    this.register(engine.onDidChangeState(draw));
    this.register(engine.onDidChangeWindow(draw));
    this.register(edits.onDidChange(draw));
    this.register(snooze.onDidChange(draw));
    this.#draw();
    this.#item.show();
  }

  #draw(): void {
    const { state } = this.#engine;
    const off = { edits: !this.#edits.on, completions: this.#snooze.active };
    const { icon, fill } = statusOf(state, this.#engine.window, off);
    this.#item.text = fill === undefined ? `${ICONS[icon]} Endless` : `${ICONS[icon]} Endless ${fill}`;
    this.#item.backgroundColor = icon === 'failed' ? new ThemeColor('statusBarItem.errorBackground') : undefined;
    this.#item.tooltip = tooltip(state, this.#engine.window, this.#edits, this.#snooze);
    this.#item.accessibilityInformation = { label: l10n.t('Endless: {0}', describe(state)), role: 'button' };
  }
}

function timeOf(moment: number): string {
  return new Date(moment).toLocaleTimeString(env.language, { hour: '2-digit', minute: '2-digit' });
}

function describe(state: EngineState): string {
  switch (state.phase) {
    case 'starting':
      return state.detail;
    case 'ready':
      return state.model.readOnly
        ? l10n.t('Read-only: another window of VS Code holds this session.')
        : l10n.t('Ready');
    case 'answering':
      return l10n.t('Answering');
    case 'restarting':
    case 'failed':
      return state.error.message;
  }
}

function tooltip(
  state: EngineState,
  view: WindowView | undefined,
  { off }: EditSwitch,
  { until }: Snooze,
): MarkdownString {
  const text = new MarkdownString();
  const edits = nextStep(off);
  text.isTrusted = { enabledCommands: [edits.command, 'endless.toggleSnooze'] };
  const line = (content: string): unknown => text.appendText(content).appendMarkdown('\n\n');
  line(describe(state));
  if (state.phase === 'ready' || state.phase === 'answering') {
    const { model } = state;
    const { name, vram, memory } = model.device;
    line(l10n.t('{0} on {1}', model.name, name));
    if (vram !== undefined && memory !== undefined)
      line(l10n.t('Device memory: {0} of {1} GB in use', gigabytes(vram), gigabytes(memory)));
    if (model.policyReason !== undefined) line(model.policyReason);
  }
  if (view) {
    const { counters, speed } = view;
    line(l10n.t('Window: {0} of {1} tokens', view.used, view.capacity));
    line(
      l10n.t(
        'Streamed {0}, evicted {1}, resets {2}, {3} tokens/s',
        short(counters.streamed),
        short(counters.evicted),
        counters.resets,
        speed.tokensPerSecond.toFixed(0),
      ),
    );
  }
  if (off !== undefined) line(whyOff(off));
  if (until !== undefined) line(l10n.t('Completions are snoozed until {0}.', timeOf(until)));
  const toggleSnooze = until === undefined ? l10n.t('Snooze Completions') : l10n.t('Resume Completions');
  text.appendMarkdown(`[${stepTitle(edits)}](${stepLink(edits)}) · `);
  text.appendMarkdown(`[${toggleSnooze}](command:endless.toggleSnooze)`);
  return text;
}
