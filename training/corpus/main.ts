/** `npm run corpus`: npm packages → files.jsonl, split by whole package, with the syntax of each file. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../../bench/root.js';
import { build } from './build.js';
import { fetchPackages } from './fetch.js';
import { writeFolders } from './folders.js';

const USAGE = `npm run corpus -- fetch                        download the packages of training/corpus/packages.json
npm run corpus -- build                        make corpus/files.jsonl of them
npm run corpus -- folders --out FILE FOLDER…   make such a file of folders instead

Work data lies in /var/tmp/endless-training, or where ENDLESS_TRAINING_DIR says.`;

async function main(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { out: { type: 'string' } },
  });
  const [command, ...rest] = positionals;
  const here = process.env['INIT_CWD'] ?? process.cwd();
  const work = resolve(here, process.env['ENDLESS_TRAINING_DIR'] ?? '/var/tmp/endless-training');
  if (command === 'fetch') return fetchPackages(root, work, console.log);
  if (command === 'build') return build(root, work, console.log);
  if (command === 'folders' && values.out !== undefined && rest.length > 0)
    return writeFolders(
      rest.map((folder) => resolve(here, folder)),
      resolve(here, values.out),
      console.log,
    );
  throw new Error(`Nothing was done: ${command ?? 'no command'} is not complete.\n\n${USAGE}`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
