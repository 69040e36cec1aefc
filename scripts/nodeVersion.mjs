/** The oldest Node that can run the scripts; they fetch the newer one that the product is built with. */
const OLDEST = 20;

export function checkNodeVersion(version = process.versions.node) {
  const major = Number.parseInt(version, 10);
  if (major >= OLDEST) return undefined;
  return (
    `Node ${version} is too old: Endless needs Node ${OLDEST} or newer.\n` +
    'Install the current LTS from https://nodejs.org (or with your version manager: `nvm install --lts`), then try again.'
  );
}
