// `npm start`: from a fresh clone to VS Code with Endless in it. Runs before anything is installed.
import { checkNodeVersion } from './nodeVersion.mjs';

const tooOld = checkNodeVersion();
if (tooOld) {
  console.error(tooOld);
  process.exit(1);
}
// Not a static import: an old Node would stop at what it cannot load before it came to the check.
const { start } = await import('./start/start.mjs');
process.exitCode = await start(process.argv.slice(2));
