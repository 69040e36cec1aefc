/** Code of a file as the model reads it in a question. Lines from 0, both included. */
export interface QuotedCode {
  readonly path: string;
  readonly language: string;
  readonly text: string;
  readonly lines?: { readonly first: number; readonly last: number };
}

export interface Problem {
  readonly severity: 'error' | 'warning' | 'info';
  /** From 0. */
  readonly line: number;
  readonly message: string;
}

/** `src/cart.ts`, `src/cart.ts:4-9`. */
export function placeOf({ path, lines }: QuotedCode): string {
  if (!lines) return path;
  const { first, last } = lines;
  return first === last ? `${path}:${first + 1}` : `${path}:${first + 1}-${last + 1}`;
}

export function codeText(code: QuotedCode): string {
  const longest = Math.max(2, ...(code.text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${placeOf(code)}\n${fence}${code.language}\n${code.text.replace(/\n$/, '')}\n${fence}`;
}

export function problemsText(path: string, problems: readonly Problem[]): string {
  const lines = problems.map(({ severity, line, message }) => `- ${severity}, line ${line + 1}: ${message}`);
  return [`Problems of ${path}`, ...lines].join('\n');
}

/** The outline of a file as a pinned note: what it is stands in it, since there is nothing around. */
export function outlineText(path: string, outline: string): string {
  return `Outline of ${path}\n${outline}`;
}

export type CodeTask = 'explain' | 'fix' | 'test' | 'doc';

/** In plain words of the stream, which is English whatever the editor speaks. */
const TASKS: Readonly<Record<CodeTask, string>> = {
  explain: 'Explain this code.',
  fix: 'Find what is wrong with this code and fix it.',
  test: 'Write tests for this code.',
  doc: 'Write the documentation of this code.',
};

/** The question of `/explain` and the like. */
export function taskQuestion(task: CodeTask, code: QuotedCode, more: string): string {
  return [TASKS[task], ...(more === '' ? [] : [more]), '', codeText(code)].join('\n');
}

/** The question of "Explain This Problem". */
export function problemQuestion(
  problem: { readonly line: number; readonly message: string },
  code: QuotedCode,
): string {
  return `Explain this problem in line ${problem.line + 1}: ${problem.message}\n\n${codeText(code)}`;
}
