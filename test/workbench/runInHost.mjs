// `npm run test:host [-- NAME...]`: the suite inside the extension host of a real VS Code, or the named files of it. Needs
// `npm run build` first.
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { inRoot, root } from '../../scripts/paths.mjs';
import { report } from '../../scripts/problem.mjs';
import { endAll, onStopSignal } from '../../scripts/processes.mjs';
import { installWorkbench } from '../../scripts/workbench/install.mjs';
import { runSuiteInHost, SUITE_ARGS } from './inHost.mjs';
import { startTestServer } from './testServer.mjs';

/** Milliseconds; the suite takes a minute or so on an idle machine. */
const LIMIT = 600_000;
const logs = inRoot('artifacts', 'logs', 'host');

onStopSignal(async () => {
  await endAll();
  process.exit(130);
});

try {
  await installWorkbench(() => undefined);
  process.exitCode = await runSuite();
} catch (error) {
  process.exitCode = report(error);
}

async function runSuite() {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'endless-host-'));
  const workspace = path.join(folder, 'workspace');
  const results = path.join(folder, 'results.json');
  const printed = [];
  await cp(inRoot('sample'), workspace, { recursive: true });
  const server = await startTestServer({ args: SUITE_ARGS });
  let passed = false;
  try {
    const code = await runSuiteInHost({
      server,
      workspace,
      extension: root,
      suite: inRoot('dist', 'test', 'index.cjs'),
      env: { ENDLESS_RESULTS: results, ENDLESS_TESTS: process.argv.slice(2).join(',') },
      limit: LIMIT,
      onConsole: (line) => printed.push(line),
    });
    passed = await show(results, code);
  } finally {
    if (!passed) {
      await server.keepLogs(logs);
      await writeFile(path.join(logs, 'console.log'), printed.join('\n'));
    }
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
  return passed ? 0 : 1;
}

async function show(results, code) {
  const text = await readFile(results, 'utf8').catch(() => undefined);
  if (text === undefined) {
    console.error(`The suite ended with code ${code} before it had a result; its console is in ${logs}.`);
    return false;
  }
  const tests = JSON.parse(text);
  for (const { title, milliseconds, error } of tests)
    console.log(`${error ? '✗' : '✓'} ${title} (${milliseconds} ms)${error ? `\n${error}\n` : ''}`);
  const failed = tests.filter(({ error }) => error).length;
  console.log(`${tests.length - failed} of ${tests.length} tests passed`);
  await writeResults({ passed: tests.length - failed, failed });
  return code === 0 && failed === 0;
}

/** For `npm test`, which adds up the tests of all stages. */
async function writeResults(counts) {
  const file = process.env.ENDLESS_COUNTS;
  if (!file) return;
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(counts));
}
