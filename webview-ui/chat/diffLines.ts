/** A line of the small diff that an edit event carries. */
export interface DiffLine {
  readonly kind: 'added' | 'removed' | 'context' | 'gap' | 'place';
  readonly text: string;
}

const KINDS: Readonly<Record<string, DiffLine['kind']>> = { '+': 'added', '-': 'removed', ' ': 'context', '…': 'gap' };

/** The lines of an edit. The first one names the place (path and symbols) unless the text begins with the diff itself. */
export function diffLines(text: string): readonly DiffLine[] {
  return text.split('\n').map((line, index): DiffLine => {
    const kind = KINDS[line.charAt(0)] ?? (index === 0 ? 'place' : 'context');
    return { kind, text: kind === 'place' || kind === 'gap' ? line : line.slice(1) };
  });
}

export function diffSize(lines: readonly DiffLine[]): { readonly added: number; readonly removed: number } {
  return {
    added: lines.filter((line) => line.kind === 'added').length,
    removed: lines.filter((line) => line.kind === 'removed').length,
  };
}
