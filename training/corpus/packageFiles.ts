/** The sources of one package, cleaned and within its cap. */
import type { Archive } from './archive.js';
import { clean, isRealSource } from './cleaning.js';
import { selectFiles } from './selection.js';

export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** So that no single package sets the style. */
const PACKAGE_CAP = 4_000_000;
/** A longer file is cut at a line. */
const FILE_CAP = 300_000;

export function* packageFiles(archive: Archive): Generator<SourceFile> {
  let used = 0;
  for (const { path } of selectFiles(archive.manifest.name, archive.files)) {
    if (used > PACKAGE_CAP) return;
    const text = clean(capped(archive.read(path)));
    if (!isRealSource(text)) continue;
    used += text.length;
    yield { path, text };
  }
}

/** Of a very long file, such as a whole compiler, more is taken, and from its middle. */
function capped(text: string): string {
  if (text.length <= FILE_CAP) return text;
  const from = text.length > 4 * FILE_CAP ? Math.floor(text.length / 3) : 0;
  const part = text.slice(from, from + FILE_CAP * (from > 0 ? 6 : 1));
  return part.slice(part.indexOf('\n') + 1, part.lastIndexOf('\n') + 1);
}
