import { t } from '../l10n.js';
import { IconButton } from '../shell/iconButton.js';
import { highlight } from './highlight.js';

interface CodeBlockProps {
  readonly text: string;
  readonly language: string;
}

/** Fenced code; its buttons are run by the handler of the transcript, see `runCodeAction`. */
export function CodeBlock({ text, language }: CodeBlockProps) {
  const body = text.replace(/\n$/, '');
  return (
    <div class="code-block">
      <div class="code-bar">
        <span class="code-language">{language}</span>
        <IconButton icon="copy" label={t('Copy')} action="copy" />
        <IconButton icon="insert" label={t('Insert at Cursor')} action="insert" />
        <IconButton icon="diff" label={t('Apply as Diff')} action="applyDiff" />
        <IconButton icon="new-file" label={t('New File')} action="newFile" />
      </div>
      <pre tabIndex={0}>
        <code dangerouslySetInnerHTML={{ __html: highlight(body, language) }} />
      </pre>
    </div>
  );
}
