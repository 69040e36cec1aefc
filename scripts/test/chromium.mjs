/** A Chromium for the tests on the workbench: the machine's own, else Debian's. */
import { findChromium } from '../../test/workbench/findChromium.mjs';
import { Problem } from '../problem.mjs';
import { aptInstall, canAptInstall } from './apt.mjs';

/** Without a font the pages show boxes. */
const PACKAGES = ['chromium', 'fonts-dejavu-core'];

/** @param {(note: string) => void} note */
export async function installChromium(note) {
  const found = findChromium();
  if (found) return note(found);
  if (!(await canAptInstall()))
    throw new Problem(
      'The tests in a browser need Chromium or Chrome, and none was found.',
      `Install it (Debian, Ubuntu: \`sudo apt-get install ${PACKAGES.join(' ')}\`), or name one: CHROMIUM_PATH=/path/to/chrome npm test`,
    );
  await aptInstall(PACKAGES);
  note(`apt-get install ${PACKAGES.join(' ')}`);
}
