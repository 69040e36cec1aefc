import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

let collect: (() => void) | undefined;

/** Collects all the garbage of JavaScript: the second time ends what the first leaves to run beside us (buffers). */
function collectGarbage(): void {
  if (collect === undefined) {
    setFlagsFromString('--expose-gc');
    collect = runInNewContext('gc') as () => void;
  }
  collect();
  collect();
}

/**
 * Bytes of JavaScript that are in use: objects, and the buffers beside them. Garbage is collected first, so what grows here
 * is kept by something; the size of the process, which V8's free room and llama.cpp's part belong to, does not tell that.
 */
export function bytesInUse(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
