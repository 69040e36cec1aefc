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

  /** The same with the keyboard alone. @param {string} title */
  async type(title) {
    await this.#page.keyboard.press('F1');
    await this.#fill(`>${title}`);
    await this.#row(title).and(this.#page.locator('.focused')).waitFor();
    await this.#page.keyboard.press('Enter');
  }

  /** Resolves when the editor has the focus: it would take it from whatever is done next. @param {string} name of a file of the workspace */
  async openFile(name) {
    await this.#page.keyboard.press('Control+P');
    await this.#fill(name);
    await this.#row(name).click();
    await this.#page.locator('.tab.active', { hasText: name }).waitFor();
    await this.#page.locator('.editor-instance .monaco-editor.focused').first().waitFor();
  }

  /** Answers a question of VS Code. @param {string} question a part of it @param {string} text */
  async answer(question, text) {
    await this.#page.locator('.quick-input-widget:visible', { hasText: question }).waitFor();
    await this.#fill(text);
    await this.#page.keyboard.press('Enter');
  }

  /** Takes the answer that VS Code proposes itself. @param {string} end of it */
  async accept(end) {
    const input = this.#page.locator('.quick-input-widget:visible input').first();
    while (!(await input.inputValue()).endsWith(end)) await input.waitFor();
    await input.press('Enter');
  }

  /** Chooses among what VS Code offers. */
  choose(text) {
    return this.#row(text).click();
  }

  #fill(text) {
    return this.#page.locator('.quick-input-widget:visible input').first().fill(text);
  }

  #row(text) {
    return this.#page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first();
  }
}
