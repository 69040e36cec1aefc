/** The Endless panel: a webview, which is two frames one inside the other, found by the names that people hear. */
export class Panel {
  #page;
  #view;

  /** @param {import('playwright-core').Page} page */
  constructor(page) {
    this.#page = page;
    // Editors have webviews too, and nothing else in the address tells a view that was hidden in between. Those of
    // editors reach the right edge of the window.
    this.#view = page
      .frameLocator(':not(.webview-overlay-outer-right) > iframe.webview.ready[src*="extensionId=endless.endless"]')
      .frameLocator('iframe#active-frame');
  }

  /** For what has no name of its own in this class. */
  get view() {
    return this.#view;
  }

  /** The page itself. @returns {Promise<import('playwright-core').Frame>} */
  async document() {
    const body = await this.#view.locator('body').elementHandle();
    return body.ownerFrame();
  }

  /** What in it has the focus. */
  get focused() {
    return this.#view.locator(':focus');
  }

  /** The item of the activity bar. */
  get tab() {
    return this.#page.getByRole('tab', { name: 'Endless', exact: true });
  }

  get composer() {
    return this.#view.getByRole('textbox', { name: 'Ask Endless' });
  }

  get alert() {
    return this.#view.getByRole('alert');
  }

  get questions() {
    return this.#view.getByRole('article', { name: 'You asked' });
  }

  get answers() {
    return this.#view.getByRole('article', { name: 'Endless answered' });
  }

  get spans() {
    return this.#view.getByRole('list', { name: 'Window map' }).getByRole('listitem');
  }

  /** Spans by what the map calls them. @param {RegExp} name */
  span(name) {
    return this.#view.getByRole('listitem', { name });
  }

  button(name) {
    return this.#view.getByRole('button', { name, exact: true });
  }

  /** The line from which on the model can see. */
  get horizon() {
    return this.separator('The model can see from here down');
  }

  get find() {
    return this.#view.getByRole('textbox', { name: 'Find in Conversation' });
  }

  get notice() {
    return this.#view.locator('.banner-info');
  }

  /** Files, selections and problems that go with the question. */
  get chips() {
    return this.#view.getByRole('list', { name: 'Attachments' }).getByRole('listitem');
  }

  /** What can be typed now. */
  get suggestions() {
    return this.#view.getByRole('listbox', { name: 'Suggestions' }).getByRole('option');
  }

  /** Scrolls the conversation by the wheel until it is there. @param {import('playwright-core').Locator} wanted */
  async scrollUpTo(wanted) {
    await this.#view.getByRole('log', { name: 'Conversation' }).hover();
    while ((await wanted.count()) === 0) await this.#page.mouse.wheel(0, -300);
    await wanted.scrollIntoViewIfNeeded();
  }

  region(name) {
    return this.#view.getByRole('region', { name });
  }

  /** What opens the list of pins. */
  get pinned() {
    return this.#view.locator('summary', { hasText: 'Pinned' });
  }

  list(name) {
    return this.#view.getByRole('list', { name });
  }

  separator(name) {
    return this.#view.getByRole('separator', { name });
  }

  /** Resolves once the engine is in that state. @param {RegExp | string} text */
  state(text) {
    return this.#view.getByRole('status', { name: 'Engine state' }).filter({ hasText: text }).waitFor();
  }

  /** One of the figures under the map. */
  figure(name) {
    return this.#view.locator('dd').and(this.#view.getByLabel(name, { exact: true }));
  }

  /** A number among the figures. */
  async number(name) {
    return numberIn(await this.figure(name).innerText());
  }

  /** What the window holds, in the map's own words. @returns {Promise<readonly string[]>} */
  spanNames() {
    return this.spans.evaluateAll((items) => items.map((item) => item.ariaLabel));
  }

  /** Asks, and resolves once the question stands in the conversation. */
  async ask(text) {
    await this.composer.fill(text);
    // Only then does Enter do what it does for a person.
    await this.button('Send').click({ trial: true });
    await this.composer.press('Enter');
    await this.questions.filter({ hasText: text }).last().waitFor();
  }

  /** Runs what is typed after a `/`. @param {string} text the slash and all */
  async command(text) {
    await this.composer.fill(text);
    await this.button('Send').click({ trial: true });
    await this.composer.press('Enter');
  }

  /** Whether words of an answer are there, and more are to come: not even its last sentence has ended. */
  async isWriting() {
    const busy = this.answers.and(this.#view.locator('[aria-busy="true"]'));
    return (await busy.filter({ hasText: /\w \w/, hasNotText: /[.!?"]\s*$/ }).count()) > 0;
  }

  /** Resolves once no answer is under way: the button to stop it has become the one to send. */
  async answered() {
    await this.button('Send').waitFor();
  }

  /** Asks and waits for the whole answer. @returns {Promise<string>} */
  async answerTo(text) {
    await this.ask(text);
    await this.answered();
    return this.answers.last().innerText();
  }
}

/** `1,204 tokens` is 1204. */
const numberIn = (text) => Number.parseFloat(text.replaceAll(',', ''));
