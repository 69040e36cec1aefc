// Every face of the panel, in every theme: nothing for axe-core to complain of, nothing that moves for those who do not
// want it, and at 200 % nothing cut off.
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { launchChromium } from '../workbench/chromium.mjs';
import { violations } from './accessibility.mjs';
import { screenshot } from './artifacts.mjs';
import { inSight } from './inSight.mjs';
import { buildPanelPage, panelAddress } from './panelPage.mjs';

const THEMES = ['dark', 'light', 'contrast', 'contrastLight'];

const composer = (page) => page.getByRole('textbox', { name: 'Ask Endless' });
const nothing = () => Promise.resolve();

/** How each face is come by: a scenario of `webview-ui/dev/scenarios.ts`, and what is done then. */
const FACES = {
  starting: ['starting', nothing],
  empty: ['empty', nothing],
  chat: ['chat', nothing],
  answering: ['answering', (page) => page.getByRole('button', { name: 'Stop' }).waitFor()],
  horizon: [
    'evicted',
    async (page) => {
      await page.getByRole('log').hover();
      const line = page.getByRole('separator', { name: 'The model can see from here down' });
      while ((await line.count()) === 0) await page.mouse.wheel(0, -400);
      await line.scrollIntoViewIfNeeded();
      await inSight(line);
    },
  ],
  opened: ['spans', (page) => page.locator('.quiet-line').last().click()],
  failed: ['failed', (page) => page.getByRole('alert').waitFor()],
  restarting: ['restarting', (page) => page.getByRole('alert').waitFor()],
  notice: ['notice', (page) => page.getByRole('button', { name: 'Dismiss' }).waitFor()],
  alarm: ['alarm', (page) => page.getByRole('button', { name: 'Re-anchor' }).waitFor()],
  readOnly: ['readOnly', nothing],
  untrusted: ['untrusted', nothing],
  reset: ['reset', nothing],
  spans: ['spans', nothing],
  span: ['evicted', (page) => page.locator('.map-strip').click({ position: { x: 100, y: 12 } })],
  commands: ['chat', (page) => composer(page).pressSequentially('/')],
  attaching: ['chat', (page) => composer(page).pressSequentially('@')],
  attached: [
    'chat',
    async (page) => {
      await composer(page).pressSequentially('@file');
      await page.keyboard.press('Enter');
      await page.getByRole('list', { name: 'Attachments' }).waitFor();
    },
  ],
  tooLarge: [
    'chat',
    async (page) => {
      await composer(page).fill('Too much of it. '.repeat(1000));
      await page.getByText('tokens are too many').waitFor();
    },
  ],
  find: [
    'chat',
    async (page) => {
      await page.keyboard.press('Control+F');
      await page.getByRole('textbox', { name: 'Find in Conversation' }).and(page.locator(':focus')).waitFor();
      await page.keyboard.type('cart');
      await page.getByText(/1 of \d/).waitFor();
    },
  ],
};

suite('every face of the panel', () => {
  let browser;
  before(async () => {
    await buildPanelPage();
    browser = await launchChromium();
  });
  after(() => browser?.close());

  async function show(face, { theme = 'dark', width = 300, height = 720, ...options } = {}) {
    const [scenario, then] = FACES[face];
    const page = await browser.newPage({ viewport: { width, height }, ...options });
    page.setDefaultTimeout(20_000);
    await page.goto(panelAddress(scenario, theme));
    await page.getByRole('status', { name: 'Engine state' }).waitFor();
    await then(page);
    return page;
  }

  for (const theme of THEMES)
    test(`has no violation of axe-core in ${theme}`, async () => {
      for (const face of Object.keys(FACES)) {
        const page = await show(face, { theme, reducedMotion: 'reduce' });
        assert.deepEqual(await violations(page.mainFrame()), [], `${face} in ${theme}`);
        const moving = await page.evaluate(() => document.getAnimations().length);
        assert.equal(moving, 0, `${face} moves though motion is reduced`);
        await screenshot(page, `face-${face}-${theme}`);
        await page.close();
      }
    });

  test('keeps what a span belongs to in view, however much of the span is shown above it', async () => {
    const page = await show('chat', { height: 900 });
    const oldest = page.getByRole('listitem', { name: /^reply/ }).first();
    await oldest.click();
    await page.getByRole('region', { name: 'Text of the span' }).getByText('Two things to look at').waitFor();
    await inSight(page.locator('.revealed article'));
    await page.close();
  });

  test('shows what the last row opens to, and leaves one in the middle where it is', async () => {
    const page = await show('opened');
    const bottom = async (locator) => {
      const { y, height } = await locator.boundingBox();
      return y + height;
    };
    const text = page.locator('.quiet-text').last();
    await text.waitFor();
    while ((await bottom(text)) > (await bottom(page.getByRole('log')))) await text.waitFor();
    const middle = page.locator('.quiet-line', { hasText: 'file692' });
    const { y } = await middle.boundingBox();
    await middle.click();
    await page.locator('.diff').waitFor();
    assert.equal((await middle.boundingBox()).y, y);
    await page.close();
  });

  test('is whole at 200 %, in the narrowest side bar', async () => {
    for (const face of Object.keys(FACES)) {
      // VS Code keeps 170 pixels for a side bar; twice as large they stand on half as many lines.
      const page = await show(face, { width: 170, height: 400, deviceScaleFactor: 2 });
      assert.deepEqual(await page.evaluate(cutOff), [], `${face} at 200 %`);
      await screenshot(page, `face-${face}-zoomed`);
      await page.close();
    }
  });
});

/** In the page: controls that are partly outside of what can be seen, or scrolled to without scrolling sideways. */
function cutOff() {
  const name = (element) => element.ariaLabel ?? element.textContent?.slice(0, 40) ?? element.className;
  const controls = [...document.querySelectorAll('button, textarea, input, [role="option"], [role="separator"] *')];
  const wide =
    document.documentElement.scrollWidth > innerWidth
      ? [`the page is ${document.documentElement.scrollWidth} wide`]
      : [];
  const outside = controls.filter((element) => {
    const { left, right, width } = element.getBoundingClientRect();
    return width > 0 && (left < 0 || right > innerWidth + 0.5);
  });
  return [...wide, ...outside.map(name)];
}
