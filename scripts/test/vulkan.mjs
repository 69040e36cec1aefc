/** A Vulkan device for the GPU tests: a driver of the machine, else Mesa's software one. */
import { readdir } from 'node:fs/promises';
import { aptInstall, canAptInstall } from './apt.mjs';

const PACKAGE = 'mesa-vulkan-drivers';
/** Where the Vulkan loader finds its drivers on Linux. */
const DRIVERS = ['/usr/share/vulkan/icd.d', '/etc/vulkan/icd.d'];

/** Without one the GPU tests are skipped, and say so: nobody needs a driver to work on the rest. */
export async function installVulkan(note) {
  const drivers = (await Promise.all(DRIVERS.map((folder) => readdir(folder).catch(() => [])))).flat();
  if (drivers.length > 0) return note(drivers.join(', '));
  const installed =
    (await canAptInstall()) &&
    (await aptInstall([PACKAGE]).then(
      () => true,
      () => false,
    ));
  note(
    installed ? `apt-get install ${PACKAGE}` : `none; the GPU tests are skipped (Debian: apt-get install ${PACKAGE})`,
  );
}
