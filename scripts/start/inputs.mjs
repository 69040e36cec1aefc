/** The folder and the model that a start was given, checked before anything is installed. */
import { cp, open, stat } from 'node:fs/promises';
import path from 'node:path';
import { existsSync } from 'node:fs';
import { inRoot } from '../paths.mjs';
import { Problem } from '../problem.mjs';

/** npm runs scripts in the package's folder; the person meant the one that they stood in. */
const resolve = (file) => path.resolve(process.env.INIT_CWD ?? process.cwd(), file);

/** @param {string} workspace */
export async function checkWorkspace(workspace) {
  const folder = resolve(workspace);
  const found = await stat(folder).catch(() => undefined);
  if (found?.isDirectory()) return folder;
  throw new Problem(
    found ? `${folder} is a file.` : `There is no folder ${folder}.`,
    'Give an existing folder with `--workspace DIR`, or leave it out for the sample.',
  );
}

/** @param {string} model a path, or `built-in` @returns {Promise<string>} a value of `endless.model.path` */
export async function checkModel(model) {
  if (model === 'built-in') return '';
  const file = resolve(model);
  const next = 'Give a model in GGUF format with `--model FILE.gguf`, or leave it out for the built-in one.';
  const handle = await open(file).catch((error) => {
    throw new Problem(`The model ${file} ${error.code === 'ENOENT' ? 'does not exist' : 'cannot be read'}.`, next);
  });
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(4), 0, 4, 0).catch(() => ({ bytesRead: 0 }));
    if (bytesRead === 4 && buffer.toString('latin1') === 'GGUF') return file;
    throw new Problem(`${file} is no GGUF file.`, next);
  } finally {
    await handle.close();
  }
}

/** Where everything lies that a start keeps. @param {string} [chosen] @returns {string} */
export const keptFolder = (chosen) => (chosen === undefined ? inRoot('.endless') : resolve(chosen));

/** A copy of the sample that the person may change without changing the clone. Kept once it is there. */
export async function sampleWorkspace(kept) {
  const folder = path.join(kept, 'sample');
  if (!existsSync(folder)) await cp(inRoot('sample'), folder, { recursive: true });
  return folder;
}
