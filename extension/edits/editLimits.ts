import type { OutlineLimits } from './outline.js';
import type { EditLimits } from './renderEdit.js';

/** Characters of code that a token stands for, about; a low guess, so that a limit is rather kept than not. */
const CHARACTERS_PER_TOKEN = 3;

/** Characters of a line of code, about. */
const CHARACTERS_PER_LINE = 40;

/** A window of this many tokens is assumed while the engine has not said how large it is. */
const ASSUMED_CAPACITY = 4_096;

/** Under this an edit or an outline would say nothing. Characters. */
const LEAST = 240;

/** So that one edit never takes more than its share of the window. */
export function editLimits(share: number, capacity = ASSUMED_CAPACITY): EditLimits {
  const characters = charactersOf(share, capacity);
  return { characters, lines: Math.ceil(characters / CHARACTERS_PER_LINE), edits: 4 };
}

/** So that the outline of a file never takes more than its share of the window. */
export function outlineLimits(share: number, capacity = ASSUMED_CAPACITY): OutlineLimits {
  const characters = charactersOf(share, capacity);
  return { characters, lines: Math.ceil(characters / CHARACTERS_PER_LINE) };
}

function charactersOf(share: number, capacity: number): number {
  return Math.max(LEAST, Math.round(capacity * share * CHARACTERS_PER_TOKEN));
}
