import { DurableNote } from './durableNote.js';

/** What the probe of a model's cache found, for the starts to come. */
export interface Verdict {
  readonly shift: boolean;
  readonly rollBack: boolean;
  readonly reason?: string;
}

export type Verdicts =
  /** The probe is running; or it was, and the process has ended in the middle of it. */
  | {
      readonly state: 'probing';
      readonly stage: 'rollBack' | 'shift';
      readonly rollBack: boolean;
      /** Probes of before that ended so. */
      readonly deaths: number;
    }
  /** One of the probe's own, or what is left after so many of them have ended in the middle. */
  | { readonly state: 'settled'; readonly verdict: Verdict; readonly deaths: number };

/** The note about one model, on one device: written before the probe, so that the next start knows what ended this one. */
export type VerdictNote = DurableNote<Verdicts>;

export const verdictNote = (folder: string, depends: readonly string[]): VerdictNote =>
  new DurableNote(folder, ['verdict', ...depends], isVerdicts);

function isVerdicts(value: unknown): value is Verdicts {
  if (typeof value !== 'object' || value === null || !('state' in value)) return false;
  if (!('deaths' in value) || typeof value.deaths !== 'number') return false;
  return value.state === 'probing' || (value.state === 'settled' && 'verdict' in value);
}
