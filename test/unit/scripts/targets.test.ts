import { describe, expect, it } from 'vitest';
import { binariesOf, hostTarget, TARGETS } from '../../../scripts/package/targets.mjs';

describe('targets', () => {
  it('give every platform its CPU binaries and none of CUDA', () => {
    for (const target of TARGETS) {
      const binaries = binariesOf(target);
      expect(binaries.length).toBeGreaterThan(0);
      expect(binaries.join()).not.toContain('cuda');
    }
    expect(binariesOf('linux-x64')).toEqual(['@node-llama-cpp/linux-x64', '@node-llama-cpp/linux-x64-vulkan']);
  });

  it.each(['alpine-x64', 'alpine-arm64', 'web'])('refuse %s with the reason', (target) => {
    expect(() => binariesOf(target)).toThrow(/^There can be no package for .*: .{20}/);
  });

  it('refuse what VS Code does not know', () => {
    expect(() => binariesOf('amiga-68k')).toThrow('VS Code knows no platform "amiga-68k".');
  });

  it.each([
    [{ platform: 'linux', arch: 'x64', musl: false }, 'linux-x64'],
    [{ platform: 'linux', arch: 'arm', musl: false }, 'linux-armhf'],
    [{ platform: 'linux', arch: 'x64', musl: true }, 'alpine-x64'],
    [{ platform: 'darwin', arch: 'arm64', musl: false }, 'darwin-arm64'],
    [{ platform: 'win32', arch: 'x64', musl: false }, 'win32-x64'],
  ] as const)('name the machine %o', (machine, target) => {
    expect(hostTarget(machine)).toBe(target);
  });
});
