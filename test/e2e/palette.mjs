/** The command palette and the other quick inputs. */
export class Palette {
  #page;

  /** @param {import('playwright-core').Page} page */
  constructor(page) {
    this.#page = page;
  }

  /** @param {string} title category and all, as in "Endless: Reset Window" */
  async run(title) {
    await this.#page.keyboard.press('F1');
    await this.#fill(`>${title}`);
    await this.#row(title).click();
  }

  /** @param {string} name of a file of the workspace */
  async openFile(name) {
    await this.#page.keyboard.press('Control+P');
    await this.#fill(name);
    await this.#row(name).click();
  }

  #fill(text) {
    return this.#page.locator('.quick-input-widget:visible input').first().fill(text);
  }

  #row(text) {
    return this.#page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first();
  }
}
