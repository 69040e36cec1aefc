import type { EngineState, WindowView } from '../../inference/views.js';

/** What the status bar shows, before it is put into words. */
export interface Status {
  readonly icon: 'loading' | 'ready' | 'answering' | 'paused' | 'snoozed' | 'readOnly' | 'failed';
  /** Share of the window that is taken, such as `1.2k/2k`; absent before there is a window. */
  readonly fill?: string;
}

/** What the person has switched off for now. */
export interface SwitchedOff {
  readonly edits: boolean;
  readonly completions: boolean;
}

export function statusOf(state: EngineState, window: WindowView | undefined, off: SwitchedOff): Status {
  const fill = window ? { fill: `${short(window.used)}/${short(window.capacity)}` } : {};
  switch (state.phase) {
    case 'starting':
    case 'restarting':
      return { icon: 'loading' };
    case 'failed':
      return { icon: 'failed' };
    case 'answering':
      return { icon: 'answering', ...fill };
    case 'ready':
      if (state.model.readOnly) return { icon: 'readOnly' };
      if (off.edits) return { icon: 'paused', ...fill };
      return { icon: off.completions ? 'snoozed' : 'ready', ...fill };
  }
}

/** Of bytes: 0.4, 7.9, 139.8 */
export const gigabytes = (bytes: number): string => (bytes / 2 ** 30).toFixed(1);

/** 950, 1.2k, 12k, 3.4M */
export function short(count: number): string {
  const units: readonly (readonly [number, string])[] = [
    [1_000_000, 'M'],
    [1_000, 'k'],
  ];
  for (const [size, unit] of units) {
    if (count < size) continue;
    const value = count / size;
    return `${value < 10 ? Number(value.toFixed(1)) : Math.round(value)}${unit}`;
  }
  return String(count);
}
