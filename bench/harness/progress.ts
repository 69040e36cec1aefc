/** Tells how far a benchmark is. */
export interface Progress {
  /** Starts a stage of so many steps; a new one ends the old. */
  stage(label: string, steps: number): Stage;
}

export interface Stage {
  advance(steps: number): void;
}

const WIDTH = 24;

/** Milliseconds between two lines where the output is no terminal, so that a log stays readable. */
const LINE_INTERVAL = 15_000;

/** A bar that is drawn over itself on a terminal, and a line now and then elsewhere. */
export class ProgressBar implements Progress {
  readonly #out: NodeJS.WriteStream;
  readonly #now: () => number;

  constructor(out: NodeJS.WriteStream = process.stderr, now: () => number = () => performance.now()) {
    this.#out = out;
    this.#now = now;
  }

  stage(label: string, steps: number): Stage {
    const start = this.#now();
    let done = 0;
    let drawn = Number.NEGATIVE_INFINITY;
    const draw = (): void => {
      const now = this.#now();
      const last = done >= steps;
      if (!last && now - drawn < (this.#out.isTTY ? 100 : LINE_INTERVAL)) return;
      drawn = now;
      const line = barLine(label, done, steps, now - start);
      this.#out.write(this.#out.isTTY ? `\r\u001b[K${line}${last ? '\n' : ''}` : `${line}\n`);
    };
    return {
      advance: (more) => {
        done += more;
        draw();
      },
    };
  }
}

export const SILENT: Progress = { stage: () => ({ advance: () => undefined }) };

export function barLine(label: string, done: number, steps: number, elapsed: number): string {
  const share = steps === 0 ? 1 : Math.min(1, done / steps);
  const full = Math.round(share * WIDTH);
  const left = share > 0 ? (elapsed / share) * (1 - share) : 0;
  const time = share >= 1 ? seconds(elapsed) : `${seconds(left)} left`;
  return `${'█'.repeat(full)}${'░'.repeat(WIDTH - full)} ${String(Math.floor(share * 100)).padStart(3)} %  ${label}  ${time}`;
}

const seconds = (milliseconds: number): string =>
  milliseconds >= 90_000 ? `${(milliseconds / 60_000).toFixed(1)} min` : `${(milliseconds / 1000).toFixed(0)} s`;
