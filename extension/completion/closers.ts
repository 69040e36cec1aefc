const OPENER: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/**
 * How many characters of the tail the completion writes again: the editor has closed the brackets already, and the
 * completion closes them once more. That much of the tail is to be replaced.
 */
export function closersToReplace(text: string, tail: string): number {
  const unmatched = unmatchedClosers(text);
  if (unmatched === '') return 0;
  const closers = /^[)\]}]*/.exec(tail.trimStart())?.[0] ?? '';
  const lead = tail.length - tail.trimStart().length;
  let count = 0;
  while (count < closers.length && closers[count] === unmatched[count]) count++;
  if (count === 0) return 0;
  // A separator behind them that the completion wrote as well goes with them.
  const rest = tail.slice(lead + count);
  const separator = /^[;,]/.exec(rest)?.[0];
  return lead + count + (separator !== undefined && text.trimEnd().endsWith(separator) ? 1 : 0);
}

/** Closing brackets of a text that nothing in it opened, in order. Strings and line comments do not count. */
export function unmatchedClosers(text: string): string {
  const open: string[] = [];
  let unmatched = '';
  let quote: string | undefined;
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? '';
    if (quote !== undefined) {
      if (character === '\\') at++;
      else if (character === quote || (character === '\n' && quote !== '`')) quote = undefined;
    } else if (character === '"' || character === '`' || (character === "'" && !/\w/.test(text[at - 1] ?? '')))
      quote = character;
    else if (character === '/' && text[at + 1] === '/') at = endOfLine(text, at);
    else if ('([{'.includes(character)) open.push(character);
    else if (character in OPENER) {
      if (open.at(-1) === OPENER[character]) open.pop();
      else unmatched += character;
    }
  }
  return unmatched;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}
