import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A session as people have them, made from a held-out package by `python3 -m training.stream_cases`. */
export interface HeldoutSession {
  readonly package: string;
  readonly events: readonly HeldoutEvent[];
}

export type HeldoutEvent = { readonly kind: 'edit' | 'outline'; readonly text: string } | HeldoutQuestion;

export interface HeldoutQuestion {
  readonly kind: 'question';
  readonly text: string;
  /** The one right reply. */
  readonly answer: string;
  /** `talk`, or what is asked for, as `last_change` or `value`. */
  readonly asks: string;
  /** Index of the session's event that answers the question. Talk has none. */
  readonly holder?: number;
  /** What is asked about by its name, such as a constant or a file. */
  readonly subject?: string;
}

export async function readHeldoutSessions(root: string): Promise<HeldoutSession[]> {
  const text = await readFile(join(root, 'bench/text/heldoutSessions.jsonl'), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as HeldoutSession);
}
