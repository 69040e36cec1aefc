import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

interface PackageList {
  readonly packages: readonly { readonly name: string; readonly heldout?: boolean }[];
}

/** Names of the packages that the built-in models were trained on, whatever the version: no stream may hold them. */
export async function readTrainingPackages(root: string): Promise<ReadonlySet<string>> {
  const list = JSON.parse(await readFile(join(root, 'training/corpus/packages.json'), 'utf8')) as PackageList;
  return new Set(list.packages.filter((entry) => entry.heldout !== true).map((entry) => entry.name));
}
