import { homedir, platform } from 'node:os';
import { join } from 'node:path';

/** Where programs of this system keep what they remember. */
export function stateFolder(system = platform(), environment: NodeJS.ProcessEnv = process.env): string {
  const home = homedir();
  if (system === 'darwin') return join(home, 'Library', 'Application Support', 'Endless', 'chat');
  if (system === 'win32') return join(environment['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'Endless', 'chat');
  return join(environment['XDG_STATE_HOME'] ?? join(home, '.local', 'state'), 'endless', 'chat');
}
