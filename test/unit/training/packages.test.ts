import { describe, expect, test } from 'vitest';
import { root } from '../../../bench/root.js';
import { archiveName, checkLicence, readPackages, type PackageEntry } from '../../../training/corpus/packages.js';

const entry: PackageEntry = { name: '@some/one', version: '1.2.3', licence: 'MIT' };

describe('the list of packages', () => {
  test('has each once, pinned, with a licence, and those that are held out last', async () => {
    const packages = await readPackages(root);
    expect(new Set(packages.map(({ name }) => name)).size).toBe(packages.length);
    for (const each of packages) {
      expect(each.version).toMatch(/^\d+\.\d+\.\d+/);
      expect(() => checkLicence(each, { name: each.name, license: each.licence })).not.toThrow();
    }
    expect(packages.filter(({ heldout }) => heldout).map(({ name }) => name)).toEqual(
      packages.slice(-6).map(({ name }) => name),
    );
    expect(
      packages
        .slice(-6)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['@tanstack/query-core', 'knex', 'koa', 'luxon', 'marked', 'superstruct'].sort());
  });

  test('names archives as npm does', () => {
    expect(archiveName(entry)).toBe('some-one-1.2.3.tgz');
  });
});

describe('a licence', () => {
  test('is read in all the forms that packages have', () => {
    expect(() => checkLicence(entry, { name: 'x', license: { type: 'MIT' } })).not.toThrow();
    expect(() => checkLicence(entry, { name: 'x', licenses: [{ type: 'MIT' }] })).not.toThrow();
  });

  test('that is missing, not allowed or not the expected one stops the build', () => {
    expect(() => checkLicence(entry, { name: 'x' })).toThrow('licence "" is not allowed');
    expect(() => checkLicence(entry, { name: 'x', license: 'GPL-3.0' })).toThrow('licence "GPL-3.0" is not allowed');
    expect(() => checkLicence(entry, { name: 'x', license: 'ISC' })).toThrow('packages.json says MIT, the package ISC');
  });
});
