/** The options of `npm start`. */
import { parseArgs } from 'node:util';
import { Problem } from '../problem.mjs';

export const HELP = `npm start [-- options]

Builds Endless and opens VS Code with it: the desktop VS Code where there is one, else a workbench in the browser.

  --workspace DIR     open this folder instead of the sample
  --model FILE.gguf   use this model from now on; "--model built-in" goes back to the built-in one
  --port N            port of the workbench in the browser (else a free one, the same at each start)
  --browser           the workbench in the browser, even where there is a desktop VS Code
  --no-open           print the address of the workbench, do not open it
  --folder DIR        keep what a start keeps there, for a second VS Code beside the first
  --help              this text

Everything that a start keeps, the session included, lies in .endless/ of the clone, or where --folder says.`;

const OPTIONS = {
  workspace: { type: 'string' },
  model: { type: 'string' },
  port: { type: 'string' },
  browser: { type: 'boolean', default: false },
  'no-open': { type: 'boolean', default: false },
  folder: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
};

/**
 * @param {readonly string[]} args
 * @returns {{ workspace?: string, model?: string, port?: number, browser: boolean, open: boolean, folder?: string, help: boolean }}
 */
export function parseOptions(args) {
  const { values } = parse(args);
  const { workspace, model, browser, folder, help } = values;
  return { workspace, model, port: portOf(values.port), browser, open: !values['no-open'], folder, help };
}

function parse(args) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, strict: true, allowPositionals: false });
  } catch (error) {
    throw new Problem(
      error.message.split('. ')[0] + '.',
      'See `npm start -- --help` for the options; mind the `--` between `npm start` and them.',
    );
  }
}

function portOf(text) {
  if (text === undefined) return undefined;
  const port = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (port >= 1 && port <= 65_535) return port;
  throw new Problem(`"${text}" is not a port.`, 'Give a number from 1 to 65535, or leave `--port` out.');
}
