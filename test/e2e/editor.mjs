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

  /** Types as a person does, key by key. */
  type(text) {
    return this.#page.keyboard.type(text, { delay: 20 });
  }

  /** Saves, and resolves to what is on the disk then. */
  async save(name) {
    const dirty = this.#page.locator('.tab.active.dirty');
    await dirty.waitFor();
    await this.#page.keyboard.press('Control+S');
    await dirty.waitFor({ state: 'detached' });
    return readFile(path.join(this.#workspace, name), 'utf8');
  }
}
