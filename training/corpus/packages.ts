/** The packages that the corpus is made of: corpus/packages.json. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface PackageEntry {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  /** Kept out of training, as a whole. */
  readonly heldout?: boolean;
}

/** What is read of a package's own package.json. */
export interface Manifest {
  readonly name: string;
  readonly license?: string | { readonly type?: string };
  readonly licenses?: readonly (string | { readonly type?: string })[];
}

const ALLOWED: ReadonlySet<string> = new Set([
  'MIT',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  '0BSD',
  'BlueOak-1.0.0',
]);

/** Those for training first, so that no held-out file is one that was trained on. */
export async function readPackages(root: string): Promise<readonly PackageEntry[]> {
  const text = await readFile(join(root, 'training/corpus/packages.json'), 'utf8');
  const { packages } = JSON.parse(text) as { readonly packages: readonly PackageEntry[] };
  return [...packages.filter(({ heldout }) => !heldout), ...packages.filter(({ heldout }) => heldout)];
}

export function archiveName({ name, version }: PackageEntry): string {
  return `${name.replaceAll('@', '').replaceAll('/', '-')}-${version}.tgz`;
}

/** @throws Error if the licence is not one that allows this use, or another than the list says */
export function checkLicence(entry: PackageEntry, manifest: Manifest): void {
  const licence = licenceOf(manifest);
  if (!ALLOWED.has(licence))
    throw new Error(`${entry.name}: its licence "${licence}" is not allowed. Take it off packages.json.`);
  if (licence !== entry.licence)
    throw new Error(`${entry.name}: packages.json says ${entry.licence}, the package ${licence}. Correct the list.`);
}

function licenceOf({ license, licenses }: Manifest): string {
  const licence = license ?? licenses?.[0] ?? '';
  return typeof licence === 'string' ? licence : (licence.type ?? '');
}
