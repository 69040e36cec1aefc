/** A piece of a question: words as they were typed, or the fenced code that was attached. */
export interface MessagePart {
  readonly kind: 'words' | 'code';
  readonly text: string;
  /** As the fence names it. */
  readonly language: string;
}

const FENCED = /^(`{3,})([^\n`]*)\n([^]*?)\n?\1[ \t]*$/gm;

/** A question is shown as it was typed, Markdown or not; only code in a fence is told apart. */
export function messageParts(text: string): readonly MessagePart[] {
  const parts: MessagePart[] = [];
  const words = (from: number, to: number): void => {
    const typed = text.slice(from, to).replace(/^\n+|\n+$/g, '');
    if (typed.trim() !== '') parts.push({ kind: 'words', text: typed, language: '' });
  };
  let end = 0;
  for (const { index, 0: whole, 2: language = '', 3: code = '' } of text.matchAll(FENCED)) {
    words(end, index);
    parts.push({ kind: 'code', text: code, language: language.trim() });
    end = index + whole.length;
  }
  words(end, text.length);
  return parts;
}
