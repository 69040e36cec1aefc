/** The platforms that VS Code knows, and the binaries of node-llama-cpp that run on each. */
import { Problem } from '../problem.mjs';

/** In the order in which they are tried. CUDA's are left out: 140 MB and more, while Vulkan runs on the same cards. */
const BINARIES = {
  'linux-x64': ['linux-x64', 'linux-x64-vulkan'],
  'linux-arm64': ['linux-arm64'],
  'linux-armhf': ['linux-armv7l'],
  'win32-x64': ['win-x64', 'win-x64-vulkan'],
  'win32-arm64': ['win-arm64'],
  'darwin-x64': ['mac-x64'],
  'darwin-arm64': ['mac-arm64-metal'],
};

const REFUSED = {
  'alpine-x64': 'node-llama-cpp has no binaries for musl, the C library of Alpine.',
  'alpine-arm64': 'node-llama-cpp has no binaries for musl, the C library of Alpine.',
  web: 'in a browser there is no process that could run llama.cpp.',
};

export const TARGETS = Object.keys(BINARIES);

/** @param {string} target @returns {readonly string[]} names of packages */
export function binariesOf(target) {
  const names = BINARIES[target];
  if (names) return names.map((name) => `@node-llama-cpp/${name}`);
  const next = `Choose one of ${TARGETS.join(', ')}.`;
  if (REFUSED[target]) throw new Problem(`There can be no package for ${target}: ${REFUSED[target]}`, next);
  throw new Problem(`VS Code knows no platform "${target}".`, next);
}

/** The target of this machine. */
export function hostTarget({ platform = process.platform, arch = process.arch, musl = isMusl() } = {}) {
  const cpu = platform === 'linux' && arch === 'arm' ? 'armhf' : arch;
  return `${musl ? 'alpine' : platform}-${cpu}`;
}

function isMusl() {
  if (process.platform !== 'linux') return false;
  return process.report.getReport().header.glibcVersionRuntime === undefined;
}
