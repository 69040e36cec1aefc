import { post } from '../host.js';
import { announce } from '../shell/announcer.js';
import { t } from '../l10n.js';

/** How long the tick of a done copy stays, in milliseconds. */
const TICK = 1500;

/** Runs what was clicked inside markdown: a link, or a button of a code block. */
export function handleMarkdownClick(event: MouseEvent): void {
  if (!(event.target instanceof Element)) return;
  const link = event.target.closest('a[href]');
  if (link) {
    // VS Code's own handler, further up, would open the link a second time.
    event.preventDefault();
    event.stopPropagation();
    const href = link.getAttribute('href') ?? '';
    if (/^https?:\/\//i.test(href)) post({ type: 'openLink', href });
    return;
  }
  const button = event.target.closest('button[data-action]');
  if (button) runCodeAction(button);
}

function runCodeAction(button: Element): void {
  const block = button.closest('.code-block');
  const text = block?.querySelector('code')?.textContent ?? '';
  switch (button.getAttribute('data-action') ?? '') {
    case 'insert':
      post({ type: 'insert', text });
      return;
    case 'applyDiff':
      post({ type: 'applyDiff', text });
      return;
    case 'newFile':
      post({ type: 'newFile', text, language: block?.querySelector('.code-language')?.textContent ?? '' });
      return;
    default:
      copyCode(button, text);
  }
}

function copyCode(button: Element, text: string): void {
  post({ type: 'copy', text });
  announce(t('Copied'));
  const icon = button.querySelector('.codicon');
  icon?.classList.replace('codicon-copy', 'codicon-check');
  setTimeout(() => icon?.classList.replace('codicon-check', 'codicon-copy'), TICK);
}
