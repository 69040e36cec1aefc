// `npm run test:desktop`: the same suite in the desktop VS Code, which is downloaded unless VSCODE_PATH names one.
import { runTests } from '@vscode/test-electron';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { inRoot, root } from '../../scripts/paths.mjs';

const workspace = await mkdtemp(path.join(os.tmpdir(), 'endless-desktop-'));
try {
  await cp(inRoot('sample'), workspace, { recursive: true });
  process.exitCode = await runTests({
    vscodeExecutablePath: process.env.VSCODE_PATH,
    extensionDevelopmentPath: root,
    extensionTestsPath: inRoot('dist', 'test', 'index.cjs'),
    launchArgs: [workspace, '--disable-extensions', '--disable-workspace-trust'],
  });
} catch (error) {
  console.error(error.message);
  console.error(
    'Without a network give the program of an installed VS Code: VSCODE_PATH=/path/to/code npm run test:desktop',
  );
  process.exitCode = 1;
} finally {
  await rm(workspace, { recursive: true, force: true });
}
