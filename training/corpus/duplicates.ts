/** Exact and near duplicates. */

const SHORTEST_LINE = 24;
const MOST_SEEN = 0.6;

/** Knows the substantial lines of every text that was taken. */
export class SeenLines {
  private readonly lines = new Set<string>();

  /** Whether most of a text's substantial lines were seen before; the lines of a text that is new are remembered. */
  isDuplicate(text: string): boolean {
    const keys = new Set(
      text
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line.length > SHORTEST_LINE),
    );
    const known = [...keys].filter((key) => this.lines.has(key)).length;
    if (keys.size === 0 || known / keys.size > MOST_SEEN) return true;
    for (const key of keys) this.lines.add(key);
    return false;
  }
}
