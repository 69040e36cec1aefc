/** A text with its lines. */
export class SourceText {
  readonly text: string;
  readonly lines: readonly string[];
  private readonly starts: readonly number[];

  constructor(text: string) {
    this.text = text;
    this.lines = text.split('\n');
    let start = 0;
    this.starts = this.lines.map((line) => {
      const here = start;
      start += line.length + 1;
      return here;
    });
  }

  line(row: number): string {
    return this.lines[row] ?? '';
  }

  startOf(row: number): number {
    return this.starts[row] ?? this.text.length;
  }

  endOf(row: number): number {
    return this.startOf(row) + this.line(row).length;
  }
}
