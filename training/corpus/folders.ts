/** Folders of sources → a file like files.jsonl, for tests and for the miniature of the pipeline. */
import { glob, mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { clean, isRealSource } from './cleaning.js';
import { SeenLines } from './duplicates.js';
import { entryLine } from './entry.js';
import { Grammars } from './grammars.js';

const HELD_OUT_OF = 5;

/** Each folder is a package; a file's path begins with its folder's name. Each fifth file is held out. */
export async function writeFolders(
  folders: readonly string[],
  out: string,
  say: (line: string) => void,
): Promise<void> {
  const [grammars, seen] = [new Grammars(), new SeenLines()];
  const lines: string[] = [];
  for (const folder of folders)
    for (const path of await sourcesIn(folder)) {
      const text = clean(await readFile(join(folder, path), 'utf8'));
      if (!isRealSource(text) || seen.isDuplicate(text)) continue;
      const split = lines.length % HELD_OUT_OF === 1 ? 'heldout' : 'train';
      const name = basename(folder);
      const line = entryLine(grammars, name, split, { path: `${name}/${path}`, text });
      if (line !== undefined) lines.push(line);
    }
  await mkdir(dirname(out), { recursive: true });
  await writeFile(out, lines.join(''));
  say(`${lines.length} files, ${Math.round(lines.join('').length / 1000)} kB with their syntax`);
}

async function sourcesIn(folder: string): Promise<readonly string[]> {
  const paths: string[] = [];
  const exclude = ['**/node_modules/**', '**/*.d.ts'];
  for await (const path of glob('**/*.{ts,tsx}', { cwd: folder, exclude })) paths.push(path.replaceAll('\\', '/'));
  return paths.sort();
}
