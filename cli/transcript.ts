import { appendFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

/** One line that a person typed: a message, or a command with its slash. */
export interface Input {
  readonly input: string;
}

/** Keeps what is typed, a line of JSON each, on disk before it is acted on. */
export class Transcript {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  add(input: string): void {
    appendFileSync(this.#path, `${JSON.stringify({ input } satisfies Input)}\n`);
  }
}

/** @throws TypeError where a line is no input; its message says which. */
export async function readTranscript(path: string): Promise<string[]> {
  const lines = (await readFile(path, 'utf8')).split('\n');
  return lines.flatMap((line, index) => (line.trim() === '' ? [] : [parseInput(line, index + 1)]));
}

function parseInput(line: string, number: number): string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    value = undefined;
  }
  if (typeof value === 'object' && value !== null && 'input' in value && typeof value.input === 'string')
    return value.input;
  throw new TypeError(`Line ${number} of the transcript is not of the form {"input": "…"}`);
}
