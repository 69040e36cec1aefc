// Where one reads in a long conversation stays in view: when the engine starts again, and however far up it is.
import { after, before, suite, test } from 'node:test';
import { launchChromium } from '../workbench/chromium.mjs';
import { inSight } from './inSight.mjs';
import { buildPanelPage, panelAddress } from './panelPage.mjs';

suite('the place where one reads', () => {
  let browser, page;
  before(async () => {
    await buildPanelPage();
    browser = await launchChromium();
    page = await browser.newPage({ viewport: { width: 320, height: 800 } });
    await page.goto(panelAddress('endless'));
  });
  after(() => browser?.close());

  const question = (id) => page.getByRole('article', { name: 'You asked' }).filter({ hasText: `Question ${id}:` });
  const told = (id) => page.getByRole('article', { name: 'Endless answered' }).filter({ hasText: `cart ${id} ` });
  const reveal = (eventId) => page.evaluate((id) => window.send({ type: 'reveal', eventId: id }), eventId);

  async function restart(events) {
    await page.evaluate((count) => window.restart(count), events);
    // The map tells of the newest event, and is drawn after the page that was sent before it.
    await page.getByRole('listitem', { name: `reply Question ${events},` }).waitFor();
  }

  test('stays when the engine starts again', async () => {
    await page.evaluate(() => window.goOn(1000));
    await reveal(501);
    await inSight(question(501));
    await restart(1040);
    await inSight(question(501));
    await page.getByRole('button', { name: 'Scroll to End' }).click();
    await inSight(told(1040));
  });

  test('stays when more has come meanwhile than one page tells', async () => {
    await reveal(501);
    await inSight(question(501));
    await restart(1600);
    await inSight(question(501));
    await page.getByRole('button', { name: 'Scroll to End' }).click();
    await inSight(told(1600));
  });

  test('may be farther up than the panel keeps when one is at the end', async () => {
    await restart(12_000);
    await inSight(told(12_000));
    await page.getByRole('button', { name: 'Scroll to End' }).waitFor({ state: 'hidden' });
    await reveal(11);
    await inSight(question(11));
  });
});
