import type { IncomingEvent } from '../../inference/protocol.js';

/** What happened to a file as a whole. Paths as the model sees them. */
export interface FileChange {
  readonly what: 'saved' | 'deleted' | 'renamed';
  readonly path: string;
  /** Of a renamed file, unless it is not to be known. */
  readonly from?: string;
}

/** Files of one action that are told one by one; of more, only the first and their number. */
const MOST = 3;

/** The events of one action: the body is the path and a line that says what happened (docs/stream-format.md). */
export function renderFileChanges(changes: readonly FileChange[]): readonly IncomingEvent[] {
  const [first] = changes;
  if (!first) return [];
  if (changes.length <= MOST) return changes.map((change) => render(change));
  return [render(first, `, and ${changes.length - 1} more files`)];
}

function render({ what, path, from }: FileChange, more = ''): IncomingEvent {
  const origin = from === undefined ? '' : ` from ${from}`;
  return { kind: 'edit', title: path, text: `${path}\n${what}${origin}${more}` };
}
