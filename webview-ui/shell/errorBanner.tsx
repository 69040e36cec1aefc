import { post } from '../host.js';
import { panel } from '../state/store.js';
import { EngineProblem } from './engineProblem.js';
import { remedyText } from './remedyText.js';

/** What is wrong with the engine, with the panel's own buttons. */
export function ErrorBanner() {
  return (
    <EngineProblem
      engine={panel.engine.value}
      button={(remedy, first) => (
        <button
          key={remedy}
          type="button"
          class={first ? 'button' : 'button button-secondary'}
          onClick={() => post({ type: 'remedy', remedy })}
        >
          {remedyText(remedy)}
        </button>
      )}
    />
  );
}
