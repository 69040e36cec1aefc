import { describe, expect, it } from 'vitest';
import { checkNodeVersion } from '../../../scripts/nodeVersion.mjs';
import { npmRemedy } from '../../../scripts/npm.mjs';
import { choose } from '../../../scripts/test/choose.mjs';
import { addUp, fromVitest } from '../../../scripts/test/counts.mjs';
import { STAGES } from '../../../scripts/test/stages.mjs';

const names = (stages: readonly { name: string }[]): readonly string[] => stages.map(({ name }) => name);

describe('the stages of npm test', () => {
  it('all run when none is named, each after what it needs', () => {
    const all = names(choose(STAGES, []));
    expect(all).toEqual(names(STAGES));
    STAGES.forEach(({ needs }, index) => {
      for (const need of needs) expect(all.indexOf(need)).toBeLessThan(index);
    });
  });

  it('bring with them what they need', () => {
    expect(names(choose(STAGES, ['host']))).toEqual(['dependencies', 'build', 'chromium', 'workbench', 'host']);
  });

  it('are refused by a name that is none', () => {
    expect(() => choose(STAGES, ['untis'])).toThrow('There is no stage "untis".');
  });
});

describe('counts', () => {
  it('add up', () => {
    expect(
      addUp([
        { passed: 2, failed: 0 },
        { passed: 1, failed: 3, skipped: 1 },
      ]),
    ).toEqual({
      passed: 3,
      failed: 3,
      skipped: 1,
    });
  });

  it('of vitest take a file that could not be loaded for a failure', () => {
    const testResults = [
      { status: 'failed', assertionResults: [] },
      { status: 'failed', assertionResults: [{}] },
    ];
    const json = { numPassedTests: 4, numFailedTests: 1, numPendingTests: 2, testResults };
    expect(fromVitest(json)).toEqual({ passed: 4, failed: 2, skipped: 2 });
  });
});

describe('what a person is told', () => {
  it('about an old Node is which one to install', () => {
    expect(checkNodeVersion('18.20.4')).toMatch(/18\.20\.4 is too old.*\n.*nodejs\.org/);
    expect(checkNodeVersion('20.0.0')).toBeUndefined();
  });

  it.each([
    ['npm error code ENOTFOUND\nnpm error network request failed', /network/],
    ['npm error code ENOSPC', /disk is full/],
    ['npm error code EUSAGE', /npm install/],
    ['npm error code EACCES', /may not write/],
    ['npm error gyp ERR!', /The lines above/],
  ])('about npm that failed with %o is what to do', (output, remedy) => {
    expect(npmRemedy(output)).toMatch(remedy);
  });
});
