// 10,000 messages stream through the panel: what it keeps must not grow with them. How long frames take depends on the
// machine, so that is written down rather than judged.
import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import os from 'node:os';
import { after, before, suite, test } from 'node:test';
import { inRoot } from '../../scripts/paths.mjs';
import { launchChromium } from '../workbench/chromium.mjs';
import { buildPanelPage, panelAddress } from './panelPage.mjs';

const MESSAGES = 10_000;
const STEP = 1000;
const KEYS = 60;
/** Elements in the document: what is in view and a little around it, however long the talk. */
const MOST_ELEMENTS = 600;
/** Nodes that the page keeps alive in all, those out of the document included. */
const MOST_NODES = 2000;
/** Megabytes over those of a short talk: the newest few thousand messages, as text. */
const MOST_GROWTH = 12;

suite('10,000 messages', () => {
  let browser, page, devtools;
  const report = { messages: MESSAGES, machine: `${os.cpus().length} × ${os.cpus()[0]?.model}`, streaming: [] };
  before(async () => {
    await buildPanelPage();
    browser = await launchChromium();
    page = await browser.newPage({ viewport: { width: 320, height: 800 } });
    devtools = await page.context().newCDPSession(page);
    await page.goto(panelAddress('endless'));
    await page.getByRole('article').first().waitFor();
  });
  after(() => browser?.close());

  /** What the page holds now. */
  async function held() {
    await devtools.send('HeapProfiler.collectGarbage');
    const { usedSize } = await devtools.send('Runtime.getHeapUsage');
    const { nodes } = await devtools.send('Memory.getDOMCounters');
    const elements = await page.evaluate(() => document.querySelectorAll('*').length);
    return { megabytes: Math.round(usedSize / 1e5) / 10, nodes, elements };
  }

  const check = ({ megabytes, nodes, elements }, first) => {
    assert.ok(elements <= MOST_ELEMENTS, `${elements} elements`);
    assert.ok(nodes <= MOST_NODES, `${nodes} nodes`);
    assert.ok(megabytes <= first.megabytes + MOST_GROWTH, `${megabytes} MB, ${first.megabytes} MB at first`);
  };

  test('stream in and leave nothing behind', async () => {
    await page.evaluate(() => window.goOn(100));
    const first = await held();
    report.streaming.push({ messages: 100, ...first });
    for (let messages = STEP; messages <= MESSAGES; messages += STEP) {
      const frames = await page.evaluate((count) => window.goOn(count), messages);
      const now = await held();
      report.streaming.push({ messages, ...now, frames: spread(frames) });
      check(now, first);
    }
    await page
      .getByRole('article', { name: 'Endless answered' })
      .filter({ hasText: `cart ${MESSAGES}` })
      .waitFor();
  });

  test('are read up to the first one, page by page', async () => {
    const first = report.streaming[0];
    const frames = await page.evaluate(scrollUp);
    const now = await held();
    report.scrolling = { ...now, frames: spread(frames) };
    await page.getByRole('article', { name: 'You asked' }).filter({ hasText: 'Question 1:' }).waitFor();
    assert.ok(now.elements <= MOST_ELEMENTS, `${now.elements} elements`);
    assert.ok(now.nodes <= MOST_NODES, `${now.nodes} nodes`);
    await page.getByRole('button', { name: 'Scroll to End' }).click();
    await page.evaluate((count) => window.goOn(count), MESSAGES + 100);
    report.afterwards = await held();
    check(report.afterwards, first);
  });

  test('do not slow the keys down', async () => {
    await page.getByRole('textbox', { name: 'Ask Endless' }).click();
    await page.evaluate(watchTyping, KEYS);
    await page.keyboard.type('x'.repeat(KEYS));
    report.typing = { frames: spread(await page.evaluate(() => window.typed)) };
    assert.equal((await page.getByRole('textbox', { name: 'Ask Endless' }).inputValue()).length, KEYS);
    await mkdir(inRoot('artifacts', 'panel'), { recursive: true });
    await writeFile(inRoot('artifacts', 'panel', 'ten-thousand.json'), `${JSON.stringify(report, null, 2)}\n`);
  });
});

/** Milliseconds of frames, by how many were no longer. */
function spread(frames) {
  const sorted = [...frames].sort((a, b) => a - b);
  const at = (share) => Math.round((sorted[Math.floor((sorted.length - 1) * share)] ?? 0) * 10) / 10;
  return { count: sorted.length, median: at(0.5), p95: at(0.95), p99: at(0.99), worst: at(1) };
}

/** In the page: scrolls up, some screens a frame, until the first message is there. Resolves to the frames' milliseconds. */
async function scrollUp() {
  const list = document.querySelector('[role="log"]');
  const nextFrame = () => new Promise(requestAnimationFrame);
  const frames = [];
  for (let before = await nextFrame(); !list.textContent.includes('Question 1:');) {
    list.scrollTop -= 3 * list.clientHeight;
    const now = await nextFrame();
    frames.push(now - before);
    before = now;
  }
  return frames;
}

/** In the page: promises, as `typed`, the milliseconds from each key to the frame that shows it. @param {number} keys */
function watchTyping(keys) {
  window.typed = new Promise((resolve) => {
    const times = [];
    addEventListener('keydown', ({ timeStamp }) =>
      requestAnimationFrame(() => {
        times.push(performance.now() - timeStamp);
        if (times.length === keys) resolve(times);
      }),
    );
  });
  // Not the promise itself, which would be waited for.
  return undefined;
}
