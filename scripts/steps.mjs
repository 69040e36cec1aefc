/** A long task as one line a step, with the seconds that it took; on a terminal the seconds run. */
// As a whole: before 20.12 Node has no `styleText`, and asking for it by name would end the script before its first line.
import * as util from 'node:util';

const terminal = process.stdout.isTTY;
const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;
const paint = (style, text) => (terminal && util.styleText ? util.styleText(style, text) : text);

/**
 * Runs `work` and shows it as one line.
 *
 * @template T
 * @param {string} title
 * @param {(note: (text: string) => void) => Promise<T>} work `note` sets the remark at the end of the line
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const since = performance.now();
  let remark = '';
  const line = (mark) => `${mark} ${title.padEnd(46)} ${seconds(since).padStart(8)}${remark && `   ${remark}`}`;
  const redraw = () => process.stdout.write(`\r\x1b[2K${line(paint('cyan', '…'))}`);
  if (terminal) redraw();
  else console.log(`… ${title}`);
  const ticking = terminal ? setInterval(redraw, 200) : undefined;
  const end = (mark) => process.stdout.write(`${terminal ? '\r\x1b[2K' : ''}${line(mark)}\n`);
  try {
    const result = await work((text) => {
      remark = text;
    });
    end(paint('green', '✓'));
    return result;
  } catch (error) {
    end(paint('red', '✗'));
    throw error;
  } finally {
    clearInterval(ticking);
  }
}
