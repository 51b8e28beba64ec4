import { mkdirSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { notProvided } from './not-provided.ts';

function appDataDirectory(): string {
  const home = homedir();
  if (process.platform === 'win32') return process.env['APPDATA'] ?? join(home, 'AppData', 'Roaming');
  if (process.platform === 'darwin') return join(home, 'Library', 'Application Support');
  return process.env['XDG_CONFIG_HOME'] ?? join(home, '.config');
}

/** The folders that `app.getPath` names, after Electron's defaults; every one can be set. */
export class AppPaths {
  readonly #set = new Map<string, string>();
  readonly #appName: string;

  constructor(appName: string, userData: string | undefined) {
    this.#appName = appName;
    if (userData !== undefined) this.#set.set('userData', userData);
  }

  get(name: string): string {
    return this.#set.get(name) ?? this.#standard(name);
  }

  set(name: string, path: string): void {
    mkdirSync(path, { recursive: true });
    this.#set.set(name, path);
  }

  #standard(name: string): string {
    const userFolders = ['Desktop', 'Documents', 'Downloads', 'Music', 'Pictures', 'Videos'];
    const userFolder = userFolders.find((folder) => folder.toLowerCase() === name);
    if (userFolder) return join(homedir(), userFolder);
    if (name === 'home') return homedir();
    if (name === 'temp') return tmpdir();
    if (name === 'appData') return appDataDirectory();
    if (name === 'userData') return join(appDataDirectory(), this.#appName);
    if (name === 'sessionData') return this.get('userData');
    if (name === 'logs') return join(this.get('userData'), 'logs');
    if (name === 'crashDumps') return join(this.get('userData'), 'Crashpad');
    if (name === 'exe' || name === 'module') return process.execPath;
    throw notProvided(`app.getPath('${name}')`);
  }
}
