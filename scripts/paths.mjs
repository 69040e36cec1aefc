/** Where things lie in the clone. */
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
export const inRoot = (...parts) => path.join(root, ...parts);

/** The Node that the project is developed with: the dev dependency `node`, whatever the machine has. */
export const pinnedNode = inRoot('node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** A package's main program, to be run by the pinned Node: `.bin` holds shell scripts on some systems. */
export function programOf(packageName, program = packageName) {
  const require = createRequire(inRoot('package.json'));
  const manifest = require(inRoot('node_modules', packageName, 'package.json'));
  const file = typeof manifest.bin === 'string' ? manifest.bin : manifest.bin[program];
  return inRoot('node_modules', packageName, file);
}

/** The environment in which the pinned Node comes first. */
export const environment = () => ({
  ...process.env,
  PATH: `${path.dirname(pinnedNode)}${path.delimiter}${inRoot('node_modules', '.bin')}${path.delimiter}${process.env.PATH}`,
});
