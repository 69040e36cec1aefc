/** Resolves once an element stands within what its page shows. @param {import('playwright-core').Locator} locator */
export async function inSight(locator) {
  await locator.waitFor();
  while (!(await locator.evaluate(isShown))) await locator.waitFor();
}

function isShown(element) {
  const { x, y, width } = element.getBoundingClientRect();
  // What lies there is the element itself or in it: not scrolled away, and not behind something else.
  return element.contains(document.elementFromPoint(x + width / 2, y + 4));
}
