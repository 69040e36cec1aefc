// `npm start` itself, as the README tells it, and the sample that it opens: which lies in a folder that the clone ignores.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { after, before, suite } from 'node:test';
import path from 'node:path';
import readline from 'node:readline';
import { inRoot } from '../../scripts/paths.mjs';
import { launchChromium } from '../workbench/chromium.mjs';
import { screenshot } from './artifacts.mjs';
import { checksOn } from './check.mjs';
import { Editor } from './editor.mjs';
import { Palette } from './palette.mjs';
import { Panel } from './panel.mjs';

/** Milliseconds that any one thing may take to show itself. */
const PATIENCE = 60_000;

suite('npm start', () => {
  let started;
  const check = checksOn(() => started);
  before(async () => (started = await startAndOpen()));
  after(() => started?.close());

  check('opens the sample with the panel beside it, and the model is ready', async ({ page, panel, palette }) => {
    await panel.state('Ready');
    await palette.openFile('weather.ts');
    await screenshot(page, 'npm-start');
  });

  check('what is typed in the sample reaches the session, and is answered from it', async ({ page, panel, editor }) => {
    await editor.goToEnd();
    await editor.type('\nexport const seedPrice = 42;\n');
    await editor.save('src/weather.ts');
    await panel
      .span(/^edit src\/weather\.ts/)
      .first()
      .waitFor();
    assert.match(await panel.answerTo('What is the value of seedPrice?'), /\b42\b/);
    await screenshot(page, 'npm-start-edit');
  });

  check('ends with Ctrl-C, and the workbench with it', async ({ child, ended, address }) => {
    // To the whole group, as a terminal does.
    process.kill(-child.pid, 'SIGINT');
    await ended;
    await assert.rejects(fetch(address), 'nobody listens there any more');
  });
});

async function startAndOpen() {
  await mkdir(inRoot('.endless'), { recursive: true });
  // Not where the person's own start keeps what it keeps, and ignored as that is.
  const folder = await mkdtemp(inRoot('.endless', 'test-'));
  const options = ['--browser', '--no-open', '--folder', folder];
  const child = spawn('npm', ['start', '--', ...options], {
    cwd: inRoot(),
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const parts = [
    () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
    async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      process.kill(-child.pid, 'SIGINT');
      await ended;
    },
  ];
  const close = async () => {
    for (const closePart of parts.reverse()) await closePart();
  };
  try {
    const address = await addressFrom(child.stdout);
    const browser = await launchChromium();
    parts.push(() => browser.close());
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    page.setDefaultTimeout(PATIENCE);
    await page.goto(address);
    const workspace = path.join(folder, 'sample');
    const server = { keepLogs: () => Promise.resolve() };
    return {
      ...{ child, ended, address, page, server, close },
      panel: new Panel(page),
      palette: new Palette(page),
      editor: new Editor(page, workspace),
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What `npm start` prints for the person to open. */
async function addressFrom(output) {
  const said = [];
  for await (const line of readline.createInterface({ input: output })) {
    said.push(line);
    if (/^\s*http:\/\//.test(line)) return line.trim();
  }
  throw new Error(`npm start ended without an address:\n${said.join('\n')}`);
}
