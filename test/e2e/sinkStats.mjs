/** The sink stats page: a webview in the editor area, found by the names that people hear. */
export class SinkStats {
  #page;
  #palette;
  #frame;
  #view;

  /** @param {import('playwright-core').Page} page @param {import('./palette.mjs').Palette} palette */
  constructor(page, palette) {
    this.#page = page;
    this.#palette = palette;
    // The panel is a webview as well, see panel.mjs; this one reaches the right edge of the window.
    this.#frame = page.locator(
      '.webview-overlay-outer-right > iframe.webview.ready[src*="extensionId=endless.endless"]',
    );
    this.#view = this.#frame.contentFrame().locator('iframe#active-frame').contentFrame();
  }

  /** Opens the page, or brings it to the front; resolves when its figures are there. */
  async open() {
    await this.#palette.run('Endless: Show Sink Stats');
    await this.table('Stream').waitFor();
  }

  async close() {
    await this.tab.getByRole('button', { name: /^Close/ }).click();
    await this.tab.waitFor({ state: 'detached' });
  }

  /** The tab of the editor area. */
  get tab() {
    return this.#page.getByRole('tab', { name: /^Sink Stats/ });
  }

  get alert() {
    return this.#view.getByRole('alert');
  }

  get heading() {
    return this.#view.getByRole('heading', { name: 'Sink Stats', exact: true });
  }

  /** The page itself, for what is not found by a name. */
  get body() {
    return this.#view.locator('body');
  }

  get range() {
    return this.#view.getByRole('combobox', { name: 'Range of the charts' });
  }

  option(name) {
    return this.#view.getByRole('option', { name });
  }

  table(name) {
    return this.#view.getByRole('table', { name, exact: true });
  }

  button(name) {
    return this.#view.getByRole('button', { name, exact: true });
  }

  /** A chart with its heading, legend and buttons. @param {string} title */
  chart(title) {
    return this.#view.getByRole('region', { name: title, exact: true }).first();
  }

  figure(name) {
    return this.#view.locator('dd').and(this.#view.getByLabel(name, { exact: true }));
  }

  /** A number among the figures. */
  async number(name) {
    return numberIn(await this.figure(name).innerText());
  }

  /** The values of a table, by name. @returns {Promise<Record<string, string>>} */
  async values(table) {
    const texts = await this.table(table).getByRole('row').allInnerTexts();
    return Object.fromEntries(texts.map((row) => row.split('\t')));
  }

  /** Every counter of the stream, read from a page that is opened for it. @returns {Promise<Record<string, number>>} */
  async counters() {
    const opened = (await this.tab.count()) === 0;
    await this.open();
    const values = Object.entries(await this.values('Stream')).map(([name, value]) => [name, numberIn(value)]);
    if (opened) await this.close();
    return Object.fromEntries(values);
  }

  /** The frame that the page's document is in. */
  async document() {
    const inner = this.#frame.contentFrame().locator('iframe#active-frame');
    return (await inner.elementHandle()).contentFrame();
  }
}

/** `1,204 tokens` is 1204. */
const numberIn = (text) => Number.parseFloat(text.replaceAll(',', ''));
