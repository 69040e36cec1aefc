import type { ComponentChildren } from 'preact';
import type { EngineState, Remedy } from '../../inference/views.js';

interface EngineProblemProps {
  readonly engine: EngineState;
  /** The button of a way on; the first one is the most likely. */
  readonly button: (remedy: Remedy, first: boolean) => ComponentChildren;
}

/** What went wrong with the engine, and the ways on. */
export function EngineProblem({ engine, button }: EngineProblemProps) {
  if (engine.phase !== 'failed' && engine.phase !== 'restarting') return null;
  const failed = engine.phase === 'failed';
  return (
    <div class={failed ? 'banner banner-error' : 'banner banner-warning'} role="alert">
      <span class={`codicon codicon-${failed ? 'error' : 'warning'}`} aria-hidden="true" />
      <div class="banner-body">
        <p>{engine.error.message}</p>
        {failed && (
          <div class="banner-buttons">{engine.error.remedies.map((remedy, index) => button(remedy, index === 0))}</div>
        )}
      </div>
    </div>
  );
}
