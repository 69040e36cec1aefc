/** The text editor that is open. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';

export class Editor {
  #page;
  #workspace;

  /** @param {import('playwright-core').Page} page @param {string} workspace */
  constructor(page, workspace) {
    this.#page = page;
    this.#workspace = workspace;
  }

  get #pane() {
    return this.#page.locator('.editor-instance .monaco-editor').first();
  }

  /** The text that is offered. */
  get ghost() {
    return this.#pane.locator('.ghost-text-decoration').first();
  }

  async goToEnd() {
    await this.#pane.locator('.view-line').first().click();
    await this.#page.keyboard.press('Control+End');
  }

  /** Selects lines from the one that holds the text on. */
  async selectLines(text, count) {
    await this.#pane.locator('.view-line', { hasText: text }).first().click();
    await this.#page.keyboard.press('Home');
    for (let line = 0; line < count; line++) await this.#page.keyboard.press('Shift+ArrowDown');
  }

  /** What the editor shows of its text. */
  async text() {
    const lines = this.#pane.locator('.view-line');
    // They stand in the document in no order.
    const drawn = await lines.evaluateAll((all) => all.map((line) => [parseInt(line.style.top), line.textContent]));
    return drawn
      .sort(([a], [b]) => a - b)
      .map(([, text]) => text.replaceAll('\u00a0', ' '))
      .join('\n');
  }

  /** Types as a person does, key by key. */
  type(text) {
    return this.#page.keyboard.type(text, { delay: 20 });
  }

  /** All at once, so that nothing judges half of it meanwhile. */
  insert(text) {
    return this.#page.keyboard.insertText(text);
  }

  /** Saves, and resolves to what is on the disk then. */
  async save(name) {
    const dirty = this.#page.locator('.tab.active.dirty');
    await dirty.waitFor();
    // What the panel did to the text gives the editor the focus a moment later; a key in between is nobody's.
    await this.#page.locator('.monaco-editor.focused').first().waitFor();
    await this.#page.keyboard.press('Control+S');
    await dirty.waitFor({ state: 'detached' });
    return readFile(path.join(this.#workspace, name), 'utf8');
  }
}
