/** The stages of `npm test`, each after what it needs. */
import { installDependencies } from '../dependencies.mjs';
import { ensurePackage } from '../package/ensure.mjs';
import { inRoot, pinnedNode, programOf } from '../paths.mjs';
import { installWorkbench } from '../workbench/install.mjs';
import { counted, fromVitest, succeeds } from './counts.mjs';
import { installChromium } from './chromium.mjs';
import { testMiniature, testTraining } from './training.mjs';
import { installVulkan } from './vulkan.mjs';

const program = (name, bin) => programOf(name, bin);
const node = (...args) => succeeds(pinnedNode, args);

const vitest = (project) =>
  counted(
    pinnedNode,
    (file) => [
      ...[program('vitest'), 'run', '--project', project, '--passWithNoTests'],
      ...['--reporter=default', '--reporter=json', `--outputFile.json=${file}`],
    ],
    fromVitest,
  );

const TYPED = ['inference', 'extension', 'webview', 'test'];

async function typecheck() {
  const parts = await Promise.all(
    TYPED.map((part) => node(program('typescript', 'tsc'), '--pretty', 'false', '-p', `tsconfig.${part}.json`)),
  );
  const failed = parts.some((part) => part.failed > 0) ? 1 : 0;
  return { passed: 0, failed, output: parts.map((part) => part.output).join('') };
}

async function lint() {
  const eslint = await node(program('eslint'), '--max-warnings', '0', '.');
  const prettier = await node(program('prettier'), '--check', '--log-level', 'warn', '.');
  return { passed: 0, failed: Math.min(1, eslint.failed + prettier.failed), output: eslint.output + prettier.output };
}

/** @type {readonly { name: string, title: string, needs: readonly string[], setUp?: boolean, run: Function }[]} */
export const STAGES = [
  { name: 'dependencies', title: 'Install dependencies', needs: [], setUp: true, run: installDependencies },
  { name: 'build', title: 'Build', needs: ['dependencies'], run: () => node(inRoot('esbuild.mjs')) },
  { name: 'typecheck', title: 'Check types', needs: ['dependencies'], run: typecheck },
  { name: 'lint', title: 'Lint and formatting', needs: ['dependencies'], run: lint },
  { name: 'unit', title: 'Unit tests', needs: ['dependencies'], run: () => vitest('unit') },
  { name: 'vulkan', title: 'Install a Vulkan driver', needs: [], run: installVulkan },
  {
    name: 'engine',
    title: 'Engine tests, with the built-in model',
    needs: ['build', 'vulkan'],
    run: () => vitest('engine'),
  },
  { name: 'training', title: 'Training tests', needs: [], run: testTraining },
  { name: 'miniature', title: 'Miniature of the training pipeline', needs: ['dependencies'], run: testMiniature },
  { name: 'chromium', title: 'Install Chromium', needs: [], run: installChromium },
  { name: 'workbench', title: 'Install the workbench of VS Code', needs: ['dependencies'], run: installWorkbench },
  {
    name: 'host',
    title: 'Suite inside the extension host',
    needs: ['build', 'chromium', 'workbench'],
    run: () => counted(pinnedNode, () => [inRoot('test', 'workbench', 'runInHost.mjs')]),
  },
  { name: 'package', title: 'Package', needs: ['dependencies'], run: (note) => ensurePackage(note) },
  {
    name: 'e2e',
    title: 'Package in a browser on VS Code',
    needs: ['chromium', 'workbench', 'package'],
    run: () => counted(pinnedNode, () => [inRoot('test', 'e2e', 'run.mjs')]),
  },
];
