// `npm test`: sets up what is missing, runs every stage and ends with one line, `N passed, N failed`.
import { checkNodeVersion } from './nodeVersion.mjs';

const tooOld = checkNodeVersion();
if (tooOld) {
  console.error(tooOld);
  process.exit(1);
}
const { test } = await import('./test/test.mjs');
process.exitCode = await test(process.argv.slice(2));
