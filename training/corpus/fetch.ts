/** Downloads the pinned packages with npm. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { archiveName, readPackages } from './packages.js';

/** An archive that is there is kept. */
export async function fetchPackages(root: string, work: string, say: (line: string) => void): Promise<void> {
  const folder = join(work, 'npm');
  await mkdir(folder, { recursive: true });
  for (const entry of await readPackages(root)) {
    if (existsSync(join(folder, archiveName(entry)))) continue;
    const wanted = `${entry.name}@${entry.version}`;
    say(wanted);
    await promisify(execFile)('npm', ['pack', '--silent', wanted], { cwd: folder }).catch((cause: unknown) => {
      throw new Error(`npm could not fetch ${wanted}. Check the network, then run the same again.`, { cause });
    });
  }
}
