import { t } from '../l10n.js';
import { escapeHtml } from './escapeHtml.js';
import { highlight } from './highlight.js';

/**
 * A code block inside other markdown (a list, a quote). The buttons carry what they do in `data-action`; one handler
 * for the whole transcript runs them. A block of its own is drawn by the component `CodeBlock` with the same classes.
 */
export function codeBlockHtml(code: string, language: string): string {
  const body = code.replace(/\n$/, '');
  return (
    `<div class="code-block"><div class="code-bar"><span class="code-language">${escapeHtml(language)}</span>` +
    buttonHtml('copy', 'codicon-copy', t('Copy')) +
    buttonHtml('insert', 'codicon-insert', t('Insert at Cursor')) +
    buttonHtml('applyDiff', 'codicon-diff', t('Apply as Diff')) +
    buttonHtml('newFile', 'codicon-new-file', t('New File')) +
    `</div><pre tabindex="0"><code>${highlight(body, language)}</code></pre></div>`
  );
}

function buttonHtml(action: string, icon: string, label: string): string {
  const name = escapeHtml(label);
  return (
    `<button type="button" class="icon-button" data-action="${action}" title="${name}" aria-label="${name}">` +
    `<span class="codicon ${icon}" aria-hidden="true"></span></button>`
  );
}
