/** Packages of Debian and its kin, for those who may install them. */
import { run, runOrStop } from '../run.mjs';

export async function canAptInstall() {
  if (process.platform !== 'linux' || process.getuid() !== 0) return false;
  return run('apt-get', ['--version']).then(
    ({ code }) => code === 0,
    () => false,
  );
}

/** @param {readonly string[]} packages */
export async function aptInstall(packages) {
  const options = {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    happened: `apt-get could not install ${packages.join(' ')}.`,
    next: () => 'The lines above say why; check the network, then try again.',
  };
  await runOrStop('apt-get', ['update', '-q'], options);
  await runOrStop('apt-get', ['install', '-q', '-y', '--no-install-recommends', ...packages], options);
}
