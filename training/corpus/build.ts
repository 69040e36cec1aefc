/** Archives → files.jsonl. The result depends on the pinned packages alone. */
import { mkdir, open, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { openArchive } from './archive.js';
import { SeenLines } from './duplicates.js';
import { entryLine, type Split } from './entry.js';
import { Grammars } from './grammars.js';
import { packageFiles } from './packageFiles.js';
import { archiveName, checkLicence, readPackages } from './packages.js';

/** @param say one line a package */
export async function build(root: string, work: string, say: (line: string) => void): Promise<void> {
  const out = join(work, 'corpus', 'files.jsonl');
  const [grammars, seen] = [new Grammars(), new SeenLines()];
  const totals: Record<Split, number> = { train: 0, heldout: 0 };
  await mkdir(dirname(out), { recursive: true });
  const file = await open(`${out}.part`, 'w');
  try {
    for (const entry of await readPackages(root)) {
      const archive = await openArchive(join(work, 'npm', archiveName(entry)));
      checkLicence(entry, archive.manifest);
      const split = entry.heldout ? 'heldout' : 'train';
      let kept = 0;
      for (const source of packageFiles(archive)) {
        if (seen.isDuplicate(source.text)) continue;
        const line = entryLine(grammars, entry.name, split, source);
        if (line === undefined) continue;
        await file.write(line);
        kept += source.text.length;
      }
      totals[split] += kept;
      say(`${split.padEnd(8)}${megabytes(kept)}  ${entry.name}@${entry.version} (${entry.licence})`);
    }
  } finally {
    await file.close();
  }
  await rename(`${out}.part`, out);
  say(`for training ${megabytes(totals.train)}, held out ${megabytes(totals.heldout)}`);
}

function megabytes(size: number): string {
  return `${(size / 1e6).toFixed(2).padStart(7)} MB`;
}
