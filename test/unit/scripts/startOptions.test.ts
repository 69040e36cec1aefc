import { describe, expect, it } from 'vitest';
import { parseOptions } from '../../../scripts/start/options.mjs';

describe('the options of npm start', () => {
  it('have defaults', () => {
    expect(parseOptions([])).toMatchObject({ browser: false, open: true, help: false });
    expect(parseOptions([]).port).toBeUndefined();
  });

  it('are read', () => {
    expect(
      parseOptions(['--workspace', 'w', '--model=m.gguf', '--port', '8080', '--no-open', '--folder=k']),
    ).toMatchObject({
      workspace: 'w',
      model: 'm.gguf',
      port: 8080,
      open: false,
      folder: 'k',
    });
  });

  it.each(['0', '65536', '-1', '80a', '1.5', ''])('refuse %o as a port', (port) => {
    expect(() => parseOptions([`--port=${port}`])).toThrow('is not a port');
  });

  it('refuse what is not known, and a folder without its name', () => {
    expect(() => parseOptions(['--wrokspace', 'w'])).toThrow(/--wrokspace/);
    expect(() => parseOptions(['w'])).toThrow(/w/);
  });
});
