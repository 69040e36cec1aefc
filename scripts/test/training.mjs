/** The tests of training/, where there is a Python with PyTorch. */
import { existsSync } from 'node:fs';
import { inRoot } from '../paths.mjs';
import { run } from '../run.mjs';
import { aptInstall, canAptInstall } from './apt.mjs';
import { counted } from './counts.mjs';

/** The second is where Debian's own packages are found when another Python comes first on PATH. */
const PYTHONS = ['python3', '/usr/bin/python3'];

/** @param {(note: string) => void} note */
export async function testTraining(note) {
  if (!existsSync(inRoot('training', 'test'))) return note('skipped: there are none');
  const python = (await pythonWithTorch()) ?? (await installTorch());
  if (!python) return note('skipped: no Python with PyTorch (Debian, Ubuntu: python3-torch)');
  return counted(python, () => [inRoot('scripts', 'test', 'run_unittest.py'), 'training/test']);
}

async function pythonWithTorch() {
  for (const python of PYTHONS) {
    const tried = await run(python, ['-c', 'import torch, numpy']).catch(() => undefined);
    if (tried?.code === 0) return python;
  }
  return undefined;
}

/** PyTorch is a want, not a need: without it these tests are skipped. */
async function installTorch() {
  if (!(await canAptInstall())) return undefined;
  await aptInstall(['python3-torch']).catch(() => undefined);
  return pythonWithTorch();
}
