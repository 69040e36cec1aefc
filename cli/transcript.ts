import { appendFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Settings } from './options.js';

/** How a run of the client began. */
export interface Start {
  readonly settings: Settings;
  /** Names the model file: inference/models/modelHash.ts. */
  readonly model: string;
  /** What was there already. */
  readonly resumed: Resumed;
}

export interface Resumed {
  readonly events: number;
  readonly tokens: number;
  readonly from: 'checkpoint' | 'journal';
}

export interface Input {
  readonly input: string;
  /** Tokens after which the person stopped the answer. */
  readonly stopped?: number;
}

/** One run of the client, from its start to its end. */
export interface Run {
  /** Absent where somebody wrote the transcript by hand. */
  readonly start?: Start;
  readonly inputs: readonly Input[];
}

/** Keeps what is typed, and what else a replay must know: a line of JSON each, on disk before it is acted on. */
export class Transcript {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  addStart(start: Start): void {
    this.#add({ start });
  }

  addInput(input: string): void {
    this.#add({ input });
  }

  /** The answer to the newest input was stopped. */
  addStopped(stopped: number): void {
    this.#add({ stopped });
  }

  #add(line: Line): void {
    appendFileSync(this.#path, `${JSON.stringify(line)}\n`);
  }
}

type Line = { readonly start: Start } | { readonly input: string } | { readonly stopped: number };

/** @throws TypeError where a line is not one of a transcript; its message says which. */
export async function readTranscript(path: string): Promise<Run[]> {
  const runs: { start?: Start; inputs: Input[] }[] = [];
  const lines = (await readFile(path, 'utf8')).split('\n');
  for (const [index, text] of lines.entries()) {
    if (text.trim() === '') continue;
    const line = parse(text, index + 1);
    if ('start' in line) {
      runs.push({ start: line.start, inputs: [] });
      continue;
    }
    if (runs.length === 0) runs.push({ inputs: [] });
    const inputs = runs.at(-1)?.inputs ?? [];
    if ('input' in line) inputs.push(line);
    else inputs.push({ ...(inputs.pop() ?? { input: '' }), ...line });
  }
  return runs;
}

function parse(line: string, number: number): Line {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    value = undefined;
  }
  if (isLine(value)) return value;
  throw new TypeError(`Line ${number} of the transcript is not of the form {"input": "…"}`);
}

function isLine(value: unknown): value is Line {
  if (typeof value !== 'object' || value === null) return false;
  if ('input' in value) return typeof value.input === 'string';
  if ('stopped' in value) return typeof value.stopped === 'number';
  if (!('start' in value) || typeof value.start !== 'object' || value.start === null) return false;
  return 'settings' in value.start && 'model' in value.start && 'resumed' in value.start;
}
