import type { CancellationToken } from 'vscode';

/** Waits; false when it was cancelled in the meantime. */
export async function pause(milliseconds: number, token: CancellationToken): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  try {
    return await settled(over, token);
  } finally {
    clearTimeout(timer);
  }
}

/** Waits for something that never fails; false when it was cancelled in the meantime. */
export async function settled(promise: Promise<void>, token: CancellationToken): Promise<boolean> {
  if (token.isCancellationRequested) return false;
  let stop: (() => void) | undefined;
  const cancelled = new Promise<void>((resolve) => {
    const listener = token.onCancellationRequested(() => {
      resolve();
    });
    stop = () => {
      listener.dispose();
    };
  });
  await Promise.race([promise, cancelled]);
  stop?.();
  return !isCancelled(token);
}

/** Asked again after something was awaited: the compiler takes it for what it was before. */
export function isCancelled(token: CancellationToken): boolean {
  return token.isCancellationRequested;
}
