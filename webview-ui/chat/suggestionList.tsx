import { t } from '../l10n.js';
import type { Suggestion } from './suggestions.js';

interface SuggestionListProps {
  readonly id: string;
  readonly suggestions: readonly Suggestion[];
  readonly active: number;
  readonly onChoose: (suggestion: Suggestion) => void;
}

export function optionId(listId: string, index: number): string {
  return `${listId}-${index}`;
}

/** The popup over the composer. The focus stays in the text; the keys are handled there. */
export function SuggestionList({ id, suggestions, active, onChoose }: SuggestionListProps) {
  return (
    <div id={id} class="suggestions" role="listbox" aria-label={t('Suggestions')}>
      {suggestions.map((suggestion, index) => (
        <div
          key={suggestion.word}
          id={optionId(id, index)}
          class={index === active ? 'suggestion active' : 'suggestion'}
          role="option"
          aria-selected={index === active}
          // Before the click would take the focus out of the text.
          onMouseDown={(event) => {
            event.preventDefault();
            onChoose(suggestion);
          }}
        >
          <span class="suggestion-word">{suggestion.word}</span>
          <span class="suggestion-detail">{suggestion.detail}</span>
        </div>
      ))}
    </div>
  );
}
