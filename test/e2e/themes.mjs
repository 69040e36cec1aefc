/** The themes that a page is looked at in. */
export const THEMES = {
  dark: { name: 'Dark Modern', kind: 'vscode-dark' },
  light: { name: 'Light Modern', kind: 'vscode-light' },
  contrast: { name: 'Dark High Contrast', kind: 'vscode-high-contrast' },
};

/** Resolves once the page in the frame has the colours of the theme. */
export async function useTheme({ page, palette }, frame, { name, kind }) {
  await palette.run('Preferences: Color Theme');
  await page.locator('.quick-input-widget:visible input').first().fill(name);
  await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: name }).waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.quick-input-widget:visible').waitFor({ state: 'detached' });
  await frame.locator(`body.${kind}`).waitFor();
}
