// `npm run test:host [-- NAME...]`: the suite inside the extension host of a real VS Code, or the named files of it. Needs
// `npm run build` first.
import { glob, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { inRoot, root } from '../../scripts/paths.mjs';
import { report } from '../../scripts/problem.mjs';
import { endAll, onStopSignal } from '../../scripts/processes.mjs';
import { installWorkbench } from '../../scripts/workbench/install.mjs';
import { runSuiteInHost, SUITE_ARGS } from './inHost.mjs';
import { startTestServer } from './testServer.mjs';
import { WINDOWS } from './windows.mjs';

/** Milliseconds; the suite takes a minute or so on an idle machine. */
const LIMIT = 600_000;
const logs = inRoot('artifacts', 'logs', 'host');

onStopSignal(async () => {
  await endAll();
  process.exit(130);
});

const names = process.argv.slice(2);

try {
  await installWorkbench(() => undefined);
  const outcomes = [];
  for (const window of WINDOWS) if (await isWanted(window)) outcomes.push(await runSuite(window));
  process.exitCode = await conclude(outcomes);
} catch (error) {
  process.exitCode = report(error);
}

async function isWanted({ suite }) {
  if (names.length === 0) return true;
  const files = await Array.fromAsync(glob(`{${names.join(',')},}.test.cjs`, { cwd: inRoot('dist', 'test', suite) }));
  return files.length > 0;
}

async function runSuite({ suite, trusted, settings = {}, makeWorkspace, wishes = {} }) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'endless-host-'));
  const results = path.join(folder, 'results.json');
  const printed = [];
  const server = await startTestServer({ args: SUITE_ARGS, trusted, settings });
  let outcome = { passed: 0, failed: 1 };
  try {
    const code = await runSuiteInHost({
      server,
      workspace: await makeWorkspace(folder),
      extension: root,
      suite: inRoot('dist', 'test', 'index.cjs'),
      env: { ENDLESS_RESULTS: results, ENDLESS_SUITE: suite, ENDLESS_TESTS: names.join(',') },
      limit: LIMIT,
      wishes,
      onConsole: (line) => printed.push(line),
    });
    outcome = await show(results, code);
  } finally {
    if (outcome.failed > 0) {
      await server.keepLogs(logs);
      await writeFile(path.join(logs, 'console.log'), printed.join('\n'));
    }
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
  return outcome;
}

/** @returns {Promise<{ passed: number, failed: number }>} */
async function show(results, code) {
  const text = await readFile(results, 'utf8').catch(() => undefined);
  if (text === undefined) {
    console.error(`The suite ended with code ${code} before it had a result; its console is in ${logs}.`);
    return { passed: 0, failed: 1 };
  }
  const tests = JSON.parse(text);
  for (const { title, milliseconds, error } of tests)
    console.log(`${error ? '✗' : '✓'} ${title} (${milliseconds} ms)${error ? `\n${error}\n` : ''}`);
  const failed = tests.filter(({ error }) => error).length;
  return { passed: tests.length - failed, failed: code === 0 ? failed : Math.max(1, failed) };
}

async function conclude(outcomes) {
  const passed = outcomes.reduce((sum, outcome) => sum + outcome.passed, 0);
  const failed = outcomes.reduce((sum, outcome) => sum + outcome.failed, 0);
  console.log(`${passed} of ${passed + failed} tests passed`);
  await writeResults({ passed, failed });
  return failed === 0 && passed > 0 ? 0 : 1;
}

/** For `npm test`, which adds up the tests of all stages. */
async function writeResults(counts) {
  const file = process.env.ENDLESS_COUNTS;
  if (!file) return;
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(counts));
}
