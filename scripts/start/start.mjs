/** From a clone to VS Code with Endless in it. */
import path from 'node:path';
import { installDependencies } from '../dependencies.mjs';
import { ensurePackage, packageFile } from '../package/ensure.mjs';
import { Problem, report } from '../problem.mjs';
import { endAll, onStopSignal } from '../processes.mjs';
import { step } from '../steps.mjs';
import { installWorkbench } from '../workbench/install.mjs';
import { openInBrowser, startBrowserWorkbench } from './browser.mjs';
import { findCode, openDesktop } from './desktop.mjs';
import { checkModel, checkWorkspace, keptFolder, sampleWorkspace } from './inputs.mjs';
import { HELP, parseOptions } from './options.mjs';

/** @param {readonly string[]} args @returns {Promise<number>} the exit code */
export async function start(args) {
  /** What must be ended, beside the programs that `processes.mjs` knows. */
  const closing = [endAll];
  const close = () => Promise.all(closing.map((end) => end()));
  const stopping = onStopSignal(async () => {
    console.log('\nStopping …');
    await close();
  });
  try {
    const options = parseOptions(args);
    if (options.help) console.log(HELP);
    else await openVsCode(options, closing);
    await close();
    return 0;
  } catch (error) {
    // A Ctrl-C makes whatever was under way fail, which is not worth a word.
    if (!stopping.begun) return report(error);
    await stopping.begun;
    return 0;
  }
}

/** Opens VS Code and resolves when it has ended. */
async function openVsCode(options, closing) {
  const model = options.model === undefined ? undefined : await checkModel(options.model);
  const chosen = options.workspace === undefined ? undefined : await checkWorkspace(options.workspace);
  console.log('Endless: a coding assistant that lives in one session.\n');
  await step('Installing what Endless is built with', installDependencies);
  await step('Building and packaging Endless', ensurePackage);
  const kept = keptFolder(options.folder);
  const workspace = chosen ?? (await sampleWorkspace(kept));
  const content = { kept, vsix: await packageFile(), workspace, model, trusted: chosen === undefined };
  const code = options.browser ? undefined : findCode();
  if (code) await inDesktop(code, content, closing);
  else await inBrowser(content, options);
}

async function inDesktop(code, { kept, ...content }, closing) {
  const folder = path.join(kept, 'desktop');
  const { closed, endWindow } = await step('Opening VS Code', () => openDesktop({ ...content, code, folder }));
  closing.push(endWindow);
  console.log('\nVS Code is open. Close its window, or press Ctrl-C here, to end.');
  await closed;
}

async function inBrowser({ kept, ...content }, { port, open }) {
  if (process.platform === 'win32')
    throw new Problem(
      'The desktop VS Code was not found, and its workbench for the browser does not run on Windows.',
      'Install VS Code from https://code.visualstudio.com, then try again.',
    );
  await step('Installing the workbench of VS Code', installWorkbench);
  const folder = path.join(kept, 'workbench');
  const { server, address } = await step('Starting the workbench', () =>
    startBrowserWorkbench({ ...content, folder, port }),
  );
  console.log(`\n  ${address}\n\nOpen this address in a browser on this machine. Ctrl-C ends everything.`);
  if (open) openInBrowser(address);
  await new Promise((resolve) => server.child.once('exit', resolve));
  throw new Problem('The workbench ended by itself.', `Try again; its log is ${server.log}.`);
}
