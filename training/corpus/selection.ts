/** Which files of a package are taken, and in which order. */
import { createHash } from 'node:crypto';

/** A file of a package, with its path in it. */
export interface PackageFile {
  readonly path: string;
  readonly size: number;
}

const SOURCE = /\.(?:tsx?|mts|m?js|jsx)$/;
const TYPED = /\.(?:tsx?|mts)$/;
const SKIPPED_FOLDERS =
  /\/(?:node_modules|tests?|__tests__|__mocks__|spec|fixtures?|examples?|umd|min|locales?|i18n|nls|langs?|generated|compiled|bundles?|vendor|_vendor|legacy)\//i;
const SKIPPED_FILES =
  /\.min\.|\.(?:test|spec|bench|stories)\.|\.(?:umd|cjs|iife|global)\.|-min\.js$|\.bundle\.|\.d\.mts$|\.d\.cts$|nls\./i;

/** Where a package keeps what it was built into, the most readable first. */
const BUILDS = ['/src/', '/source/', '/esm/vs/', '/lib/esm/', '/esm/', '/es/', '/es6/', '/lib/', '/dist/'];
const ENOUGH_BYTES = 20_000;
/** Less TypeScript than this beside JavaScript is not what the package is written in. */
const ENOUGH_TYPED = 0.2;

/** Their types are what is read of them. */
const TAKEN_WHOLE: ReadonlySet<string> = new Set(['typescript', '@types/node']);

/** In an order that depends on the names alone, so that a cap takes from everywhere. */
export function selectFiles(name: string, files: readonly PackageFile[]): readonly PackageFile[] {
  const sources = files.filter(
    ({ path }) => SOURCE.test(path) && !SKIPPED_FOLDERS.test(`/${path}`) && !SKIPPED_FILES.test(path),
  );
  return (TAKEN_WHOLE.has(name) ? sources : preferred(sources))
    .map((file) => ({ file, key: createHash('sha256').update(`${name}/${file.path}`).digest('hex') }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ file }) => file);
}

/** Real TypeScript in src/ if the package has it, else one of its readable builds, else all of it. */
function preferred(files: readonly PackageFile[]): readonly PackageFile[] {
  const code = files.filter(({ path }) => !path.endsWith('.d.ts'));
  const written = code.filter(({ path }) => `/${path}`.includes('/src/'));
  const typed = written.filter(({ path }) => TYPED.test(path));
  const builds = BUILDS.map((part) => code.filter(({ path }) => `/${path}`.includes(part)));
  const all = code.length > 0 ? code : files;
  const first = totalSize(typed) > ENOUGH_TYPED * totalSize(written) ? [typed] : [];
  return [...first, ...builds].find((chosen) => totalSize(chosen) > ENOUGH_BYTES) ?? all;
}

function totalSize(files: readonly PackageFile[]): number {
  return files.reduce((sum, { size }) => sum + size, 0);
}
