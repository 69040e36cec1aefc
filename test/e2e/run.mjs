// `npm run test:e2e`: the packaged extension on a real workbench in a real browser. Names of files choose among them.
import { glob, rm, writeFile } from 'node:fs/promises';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { ensurePackage } from '../../scripts/package/ensure.mjs';
import { inRoot } from '../../scripts/paths.mjs';
import { report } from '../../scripts/problem.mjs';
import { installWorkbench } from '../../scripts/workbench/install.mjs';
import { screenshots, logs } from './artifacts.mjs';

try {
  await ensurePackage((note) => console.log(`package: ${note}`));
  await installWorkbench((note) => console.log(`workbench: ${note}`));
  const chosen = process.argv.slice(2);
  if (chosen.length === 0)
    await Promise.all([screenshots, logs].map((folder) => rm(folder, { recursive: true, force: true })));
  process.exitCode = await runFiles(chosen);
} catch (error) {
  process.exitCode = report(error);
}

async function runFiles(names) {
  const all = await Array.fromAsync(glob('test/e2e/*.test.mjs', { cwd: inRoot() }));
  const files = all.filter((file) => names.length === 0 || names.some((name) => file.includes(name))).sort();
  const counts = { passed: 0, failed: 0, skipped: 0 };
  // One file after the other: each has a VS Code and a browser of its own.
  const stream = run({ files: files.map((file) => inRoot(file)), concurrency: 1 });
  const isTest = ({ details }) => details.type !== 'suite';
  stream.on('test:pass', (event) => {
    if (isTest(event)) counts[event.skip === undefined ? 'passed' : 'skipped']++;
  });
  stream.on('test:fail', (event) => {
    if (isTest(event)) counts.failed++;
  });
  await stream.compose(spec).forEach((text) => process.stdout.write(text));
  if (process.env.ENDLESS_COUNTS) await writeFile(process.env.ENDLESS_COUNTS, JSON.stringify(counts));
  return counts.failed > 0 || counts.passed === 0 ? 1 : 0;
}
