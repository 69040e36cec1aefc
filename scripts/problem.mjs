/** An error that a person meets: what happened, and what to do next. Its stack is of no use to them. */
export class Problem extends Error {
  /**
   * @param {string} happened one or two sentences
   * @param {string} next what to do now
   * @param {string} [output] what the failing program printed
   */
  constructor(happened, next, output = '') {
    super(happened);
    this.name = 'Problem';
    this.next = next;
    this.output = output;
  }
}

/** Shows any error and returns the exit code. A stack is shown only for our own mistakes. */
export function report(error) {
  if (!(error instanceof Problem)) {
    console.error(error);
    return 1;
  }
  const output = error.output.trimEnd();
  if (output) console.error(`\n${output}`);
  console.error(`\n✗ ${error.message}\n  ${error.next}`);
  return 1;
}
