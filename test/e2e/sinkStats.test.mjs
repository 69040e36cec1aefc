// The sink stats page: its figures are the engine's, it lives, it comes back as it was, and everybody can read it.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, suite } from 'node:test';
import { machineSettings } from '../../scripts/workbench/server.mjs';
import { changeSettings } from '../../scripts/workbench/settings.mjs';
import { violations } from './accessibility.mjs';
import { screenshot } from './artifacts.mjs';
import { checksOn } from './check.mjs';
import { THEMES, useTheme } from './themes.mjs';
import { openWorkbench } from './workbench.mjs';

/** Both are told a few times a second, not in the same moment, so that either may be behind the other for a while. */
async function agree(one, other) {
  for (let tries = 0; tries < 60; tries++) {
    const same = other.filter({ hasText: await one.innerText() }).waitFor({ timeout: 1000 });
    if (
      await same.then(
        () => true,
        () => false,
      )
    )
      return;
  }
  assert.equal(await other.innerText(), await one.innerText());
}

const TABLES = ['Occupancy', 'Policy', 'Stream', 'Time', 'Model', 'Device', 'On Disk', 'Completions', 'Versions'];
const CHARTS = [
  'Occupancy by Kind (Tokens)',
  'Surprisal (Nats per Token)',
  'Tokens per Second',
  'Latency of a Token (Milliseconds)',
];
const QUESTIONS = ['Who are you?', 'What can you do?', 'What did I change last?', 'Which files did I edit?'];

suite('the sink stats', () => {
  let workbench;
  const problems = [];
  const check = checksOn(() => workbench);
  before(async () => {
    workbench = await openWorkbench();
    await workbench.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    workbench.page.on('console', (message) => {
      if (/Content Security Policy|Uncaught/.test(message.text())) problems.push(message.text());
    });
    await workbench.panel.state('Ready');
  });
  after(() => workbench?.close());

  check('open in the editor area, with every table and chart', async ({ stats, page }) => {
    await stats.open();
    await stats.heading.waitFor();
    for (const table of TABLES) await stats.table(table).waitFor();
    for (const chart of CHARTS) await stats.chart(chart).getByRole('img').waitFor();
    const policy = await stats.values('Policy');
    assert.deepEqual([policy.Policy, policy.Sinks, policy['Sink tokens']], ['sink', '1 (trained)', '‹<|sink|>›']);
    assert.equal(policy.Positions, 'inside the cache');
    assert.match((await stats.values('On Disk')).Journal, /\d+ kB, \d+ events/);
    await screenshot(page, 'stats-1-opened');
  });

  check('follow what happens in the panel, as it happens', async ({ stats, panel, page }) => {
    const streamed = await stats.number('Streamed');
    for (const question of [...QUESTIONS, ...QUESTIONS]) await panel.answerTo(question);
    // A level line has no height, and counts as invisible.
    await stats.chart('Tokens per Second').locator('path.line[d*="L"]').waitFor({ state: 'attached' });
    await stats
      .chart('Latency of a Token (Milliseconds)')
      .locator('path.line-third[d^="M"]')
      .waitFor({ state: 'attached' });
    assert.ok((await stats.chart('Occupancy by Kind (Tokens)').locator('path.area').count()) >= 4, 'areas by kind');
    assert.ok((await stats.number('Streamed')) > streamed);
    await agree(panel.figure('Window'), stats.figure('Window'));
    const counters = await stats.counters();
    assert.equal(counters.Evaluated, counters.Streamed + counters.Branched, 'every token once');
    assert.equal(counters['Re-evaluated'], 0);
    await screenshot(page, 'stats-2-alive');
  });

  check('say every chart as a table too', async ({ stats, page }) => {
    for (const title of CHARTS) {
      const points = await stats.chart(title).getByRole('img').getAttribute('aria-label');
      assert.match(points, /\d/, `${title} in words`);
      await stats.button(`${title}: Show as Table`).click();
      assert.equal(await stats.chart(title).getByRole('row').count(), 11);
    }
    assert.match(await stats.chart(CHARTS[0]).getByRole('row').nth(1).innerText(), /\d+:\d+:\d+ .*\t\d+/);
    await screenshot(page, 'stats-3-tables');
    for (const title of CHARTS.slice(1)) await stats.button(`${title}: Show as Chart`).click();
  });

  check('show the whole time, and come back as they were', async ({ stats, page, palette }) => {
    await stats.range.click();
    await stats.option('Since VS Code was opened').click();
    await (await stats.document()).evaluate(() => globalThis.scrollTo(0, 300));
    await palette.openFile('weather.ts');
    await stats.heading.waitFor({ state: 'detached' });
    await stats.tab.click();
    await stats.table('Stream').waitFor();
    const asItWas = async () => {
      await stats.button(`${CHARTS[0]}: Show as Chart`).waitFor();
      await stats.button(`${CHARTS[1]}: Show as Table`).waitFor();
      assert.match(await stats.range.innerText(), /Since VS Code was opened/);
      await (await stats.document()).waitForFunction(() => globalThis.scrollY === 300);
    };
    await asItWas();
    await page.reload();
    // Which of the tabs is in front after a reload is VS Code's to say.
    await stats.tab.click();
    await stats.table('Stream').waitFor();
    await asItWas();
  });

  check('are copied as Markdown', async ({ stats, page }) => {
    await stats.button('Copy as Markdown').click();
    const read = () => page.evaluate(() => navigator.clipboard.readText());
    let text = await read();
    while (!text.startsWith('## Endless')) text = await read();
    assert.match(text, /### Policy\n\n\| Figure \| Value \|\n\| --- \| --- \|\n\| Policy \| sink \|/);
    assert.match(text, /\| Sink tokens \| ‹\\<\\\|sink\\\|>› \|/);
    assert.match(text, /### Versions/);
  });

  for (const [theme, colours] of Object.entries(THEMES))
    check(`can be read by everybody in the theme ${theme}`, async (workbench) => {
      const { stats, panel, page } = workbench;
      if ((await stats.button(`${CHARTS[0]}: Show as Chart`).count()) > 0) {
        await stats.button(`${CHARTS[0]}: Show as Chart`).click();
        for (const question of QUESTIONS) await panel.answerTo(question);
      }
      await useTheme(workbench, await stats.document(), colours);
      assert.deepEqual(await violations(await stats.document()), []);
      await stats.heading.scrollIntoViewIfNeeded();
      await screenshot(page, `stats-4-${theme}`);
      await stats.table('Versions').scrollIntoViewIfNeeded();
      await screenshot(page, `stats-4-${theme}-end`);
    });

  check('say what is wrong with the engine, and lead on', async ({ stats, panel, page, server, folder }) => {
    await changeSettings(machineSettings(server.profile), {}, { 'endless.model.path': path.join(folder, 'no.gguf') });
    await stats.alert.filter({ hasText: /no\.gguf/ }).waitFor();
    await stats.table('Completions').waitFor();
    assert.deepEqual(await violations(await stats.document()), []);
    await stats.heading.scrollIntoViewIfNeeded();
    await screenshot(page, 'stats-5-failed');
    await stats.button('Use the Built-in Model').click();
    await panel.state('Ready');
    await stats.alert.waitFor({ state: 'detached' });
    await stats.table('Model').waitFor();
  });

  check('have room in a narrow editor at twice the size', async ({ stats, page }) => {
    await page.setViewportSize({ width: 700, height: 450 });
    const document = await stats.document();
    const [width, most] = await document.evaluate(() => [
      globalThis.document.documentElement.scrollWidth,
      globalThis.innerWidth,
    ]);
    assert.ok(width <= most, `${width} of ${most}`);
    await screenshot(page, 'stats-6-narrow');
    assert.deepEqual(problems, [], 'nothing was forbidden by the page’s own policy');
  });
});
