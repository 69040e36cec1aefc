/**
 * Earlier days of a session, written into its journal: what a test needs of the past and a built-in model would not
 * write, such as an answer with code.
 */
import { build } from 'esbuild';
import { glob, rm } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { inRoot } from '../../scripts/paths.mjs';

/** Milliseconds. */
const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

/** A function of the sample anew. Two places differ, so that there are two changes to take or to leave. */
export const WATERING = `export function watering(beds: readonly Bed[], week: number): number {
  let litres = 0.5;
  for (const bed of beds) {
    litres += Math.max(0, thirstOf(bed) - rainfall(week));
  }
  return Math.round(litres);
}`;

const ANSWER = `\`watering\` adds up what each bed lacks. This one rounds, and half a litre is spilt:

\`\`\`ts
${WATERING}
\`\`\`

1. The sum is rounded **once**, not for each bed.
2. \`thirstOf\` stays as it is.`;

/** A word of one old message only. */
export const NEEDLE = 'wheelbarrow';

const talk = (at, question, answer) => [
  { kind: 'message', title: question, text: question, at },
  { kind: 'reply', title: question, text: answer, at: at + 1000 },
];

const dayAgo = (ago, now) =>
  Array.from({ length: 12 }, (_, bed) =>
    talk(
      now - ago * DAY + bed * MINUTE,
      `Day ${ago}: how much water does bed ${bed} need?`,
      `Bed ${bed} needs **${9 * (bed + 1)} litres** a week, less what the rain brings.`,
    ),
  ).flat();

const past = (now) => [
  ...[9, 8, 7, 6, 5, 4, 3].flatMap((ago) => dayAgo(ago, now)),
  ...talk(now - 2.5 * DAY, `Do I need a ${NEEDLE} for the lavender?`, 'No: lavender needs **one litre** a week.'),
  ...[2, 1].flatMap((ago) => dayAgo(ago, now)),
  ...talk(now - 10 * MINUTE, 'Can watering be clearer?', ANSWER),
];

/** Resolves once the panel shows the earlier days; the window is built anew from their text. */
export async function withPast({ page, panel, engine, server }) {
  await panel.state('Ready');
  const { id } = engine;
  const address = page.url();
  await page.goto('about:blank');
  await engine.gone(id);
  const [file] = await Array.fromAsync(glob(path.join(server.profile, 'data', '**', 'journal.db')));
  const storage = path.dirname(file);
  // A saved window would be without them.
  await rm(path.join(storage, 'checkpoints'), { recursive: true, force: true });
  const { Journal } = await bundled('inference/store/journal.ts');
  const journal = new Journal(storage);
  journal.addAll(past(Date.now()));
  journal[Symbol.dispose]();
  await page.goto(address);
  // Whichever view VS Code comes back with.
  await page.getByRole('tab', { name: /^Explorer/ }).click();
  await panel.tab.click();
  await panel.state('Ready');
  await panel.answers.filter({ hasText: 'thirstOf' }).waitFor();
}

async function bundled(entry) {
  // Under the clone, where its packages are found.
  const outfile = inRoot('dist', 'e2e', `${path.basename(entry, '.ts')}.mjs`);
  const node = { platform: 'node', format: 'esm', packages: 'external' };
  await build({ entryPoints: [inRoot(entry)], outfile, bundle: true, ...node, logLevel: 'warning' });
  return import(pathToFileURL(outfile).href);
}
