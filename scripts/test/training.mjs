/** The tests of training/ and the miniature of its pipeline, where there is a Python with PyTorch. */
import { existsSync } from 'node:fs';
import { inRoot } from '../paths.mjs';
import { run } from '../run.mjs';
import { aptInstall, canAptInstall } from './apt.mjs';
import { counted } from './counts.mjs';

/** The second is where Debian's own packages are found when another Python comes first on PATH. */
const PYTHONS = ['python3', '/usr/bin/python3'];
const PACKAGES = ['python3-torch', 'python3-numpy', 'python3-sentencepiece'];

/** @param {(note: string) => void} note */
export async function testTraining(note) {
  if (!existsSync(inRoot('training', 'test'))) return note('skipped: there are none');
  return inPython(note, [inRoot('scripts', 'test', 'run_unittest.py'), 'training/test']);
}

/** From a corpus to a GGUF on a toy scale; fails if llama.cpp disagrees with PyTorch. */
export function testMiniature(note) {
  return inPython(note, ['-m', 'training.miniature']);
}

async function inPython(note, args) {
  const python = (await pythonWithTorch()) ?? (await installTorch());
  if (!python)
    return note(`skipped: no Python with PyTorch and SentencePiece (Debian, Ubuntu: ${PACKAGES.join(', ')})`);
  return counted(python, () => args);
}

async function pythonWithTorch() {
  for (const python of PYTHONS) {
    const tried = await run(python, ['-c', 'import torch, numpy, sentencepiece']).catch(() => undefined);
    if (tried?.code === 0) return python;
  }
  return undefined;
}

/** PyTorch is a want, not a need: without it these tests are skipped. */
async function installTorch() {
  if (!(await canAptInstall())) return undefined;
  await aptInstall(PACKAGES).catch(() => undefined);
  return pythonWithTorch();
}
