/**
 * The entry that VS Code calls in its extension host: runs every bundled `*.test.cjs` beside this one, or in the folder that
 * ENDLESS_SUITE names for another window; only those that ENDLESS_TESTS names, if it does.
 */
import Mocha from 'mocha';
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** As `test/workbench/runInHost.mjs` reads it. */
interface TestResult {
  readonly title: string;
  readonly milliseconds: number;
  readonly error?: string;
}

export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'tdd', timeout: 60_000, color: false });
  const folder = path.join(__dirname, process.env['ENDLESS_SUITE'] ?? '.');
  for (const file of readdirSync(folder).sort())
    if (file.endsWith('.test.cjs') && isWanted(path.basename(file, '.test.cjs')))
      mocha.addFile(path.join(folder, file));
  const tests: TestResult[] = [];
  await new Promise<void>((resolve) => {
    const runner = mocha.run(() => resolve());
    runner.on('pass', (test) => tests.push({ title: test.fullTitle(), milliseconds: test.duration ?? 0 }));
    // A failing hook is a failure too: the tests that it was for did not run.
    runner.on('fail', (test, error: Error) => {
      tests.push({ title: test.fullTitle(), milliseconds: test.duration ?? 0, error: error.stack ?? error.message });
    });
  });
  // The runner outside sees only success or failure; the rest goes by a file.
  const results = process.env['ENDLESS_RESULTS'];
  if (results) writeFileSync(results, JSON.stringify(tests));
  const failed = tests.filter((test) => test.error !== undefined).length;
  if (failed > 0 || tests.length === 0) throw new Error(`${failed} of ${tests.length} tests failed`);
}

function isWanted(name: string): boolean {
  const wanted = process.env['ENDLESS_TESTS'] ?? '';
  return wanted === '' || wanted.split(',').includes(name);
}
