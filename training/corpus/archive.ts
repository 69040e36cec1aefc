/** Reads an npm archive. */
import { existsSync } from 'node:fs';
import { list } from 'tar';
import type { Manifest } from './packages.js';
import type { PackageFile } from './selection.js';

export interface Archive {
  readonly manifest: Manifest;
  readonly files: readonly PackageFile[];
  read(path: string): string;
}

/** The paths are those inside the archive's one folder. */
export async function openArchive(file: string): Promise<Archive> {
  if (!existsSync(file)) throw new Error(`${file} is not there. Run \`npm run corpus -- fetch\`.`);
  const contents = new Map<string, Buffer>();
  await list({
    file,
    filter: (path) => /\.(?:[mc]?[jt]sx?|json)$/.test(path),
    onReadEntry(entry) {
      const chunks: Buffer[] = [];
      entry.on('data', (chunk) => chunks.push(chunk));
      entry.on('end', () => contents.set(entry.path.slice(entry.path.indexOf('/') + 1), Buffer.concat(chunks)));
    },
  });
  const read = (path: string): string => {
    const content = contents.get(path);
    if (!content) throw new Error(`${file} has no ${path}. Delete it and run \`npm run corpus -- fetch\` again.`);
    return content.toString('utf8');
  };
  return {
    manifest: JSON.parse(read('package.json')) as Manifest,
    files: [...contents].map(([path, { length: size }]) => ({ path, size })),
    read,
  };
}
