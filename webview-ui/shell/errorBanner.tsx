import { post } from '../host.js';
import { panel } from '../state/store.js';
import { remedyText } from './remedyText.js';

/** What went wrong with the engine, and the ways on. */
export function ErrorBanner() {
  const engine = panel.engine.value;
  if (engine.phase !== 'failed' && engine.phase !== 'restarting') return null;
  const failed = engine.phase === 'failed';
  return (
    <div class={failed ? 'banner banner-error' : 'banner banner-warning'} role="alert">
      <span class={`codicon codicon-${failed ? 'error' : 'warning'}`} aria-hidden="true" />
      <div class="banner-body">
        <p>{engine.error.message}</p>
        {failed && (
          <div class="banner-buttons">
            {engine.error.remedies.map((remedy, index) => (
              <button
                key={remedy}
                type="button"
                class={index === 0 ? 'button' : 'button button-secondary'}
                onClick={() => post({ type: 'remedy', remedy })}
              >
                {remedyText(remedy)}
              </button>
            ))}
          </div>
        )}
      </div>
    </div>
  );
}
