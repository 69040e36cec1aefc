const OPENER: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/**
 * How many characters of the tail the completion writes again: the editor has closed brackets and quotes already, and the
 * completion closes them once more. That much of the tail is to be replaced.
 *
 * @param typed the line before the cursor
 */
export function closersToReplace(text: string, tail: string, typed = ''): number {
  const { unmatched, first } = scan(text, scan(typed).quote);
  if (first === undefined) return 0;
  // A quote, a template string, a bracket with what follows it: all from there on stands behind the cursor already, or all
  // that stands there comes next.
  const rest = text.slice(first);
  if (tail.startsWith(rest)) return rest.length;
  if (tail !== '' && rest.startsWith(tail)) return tail.length;
  const closers = /^[)\]}]*/.exec(tail.trimStart())?.[0] ?? '';
  const lead = tail.length - tail.trimStart().length;
  let count = 0;
  while (count < closers.length && closers[count] === unmatched[count]) count++;
  if (count === 0) return 0;
  // A separator behind them that the completion wrote as well goes with them.
  const separator = /^[;,]/.exec(tail.slice(lead + count))?.[0];
  return lead + count + (separator !== undefined && text.trimEnd().endsWith(separator) ? 1 : 0);
}

/** Closing brackets of a text that nothing in it opened, in order. Strings and line comments do not count. */
export function unmatchedClosers(text: string): string {
  return scan(text).unmatched;
}

interface Scan {
  /** Closing brackets that nothing in the text opened, in order. */
  readonly unmatched: string;
  /** Where the text first closes something that it did not open. */
  readonly first: number | undefined;
  /** The quote that is open at its end. */
  readonly quote: string | undefined;
}

/** @param around the quote that is open at the start */
function scan(text: string, around?: string): Scan {
  const open: string[] = [];
  let unmatched = '';
  let first: number | undefined;
  let quote = around;
  let inAround = around !== undefined;
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? '';
    if (quote !== undefined) {
      if (character === '\\') at++;
      else if (character === quote || (character === '\n' && quote !== '`')) {
        if (inAround) first ??= at;
        inAround = false;
        quote = undefined;
      } else if (quote === '`' && character === '$' && text[at + 1] === '{') {
        // Code inside the template string; its end is found by its brace.
        open.push('`', '{');
        quote = undefined;
        at++;
      }
    } else if (character === '"' || character === '`' || (character === "'" && !/\w/.test(text[at - 1] ?? '')))
      quote = character;
    else if (character === '/' && text[at + 1] === '/') at = endOfLine(text, at);
    else if ('([{'.includes(character)) open.push(character);
    else if (character in OPENER) {
      if (open.at(-1) === OPENER[character]) {
        open.pop();
        if (open.at(-1) === '`') quote = open.pop();
      } else {
        first ??= at;
        unmatched += character;
      }
    }
  }
  return { unmatched, first, quote };
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}
