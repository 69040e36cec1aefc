import { t } from '../l10n.js';

/** Teaches the product in three lines. */
export function EmptyState() {
  return (
    <div class="empty">
      <Lesson
        icon="comment-discussion"
        text={t('Ask about your code. The model runs on this machine and nothing leaves it.')}
      />
      <Lesson icon="edit" text={t('Your edits flow into the same session, so it knows what you have just done.')} />
      <Lesson
        icon="eye"
        text={t(
          'The strip above is all that the model sees. When it is full the oldest part leaves and the session goes on.',
        )}
      />
    </div>
  );
}

function Lesson({ icon, text }: { readonly icon: string; readonly text: string }) {
  return (
    <p class="lesson">
      <span class={`codicon codicon-${icon}`} aria-hidden="true" />
      <span>{text}</span>
    </p>
  );
}
