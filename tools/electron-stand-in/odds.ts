// The small modules whose calls would reach the desktop. They are recorded, not carried out.
import type { Dialog, GlobalShortcut, MessageBoxOptions, PowerSaveBlocker } from 'electron';
import { strictEmitter, strictObject } from './not-provided.ts';
import { recordCall } from './recorded-calls.ts';

const blockers = new Set<number>();
let lastBlocker = 0;

export const powerSaveBlocker = strictObject('powerSaveBlocker', {
  start(type: 'prevent-app-suspension' | 'prevent-display-sleep'): number {
    recordCall('powerSaveBlocker.start', type);
    blockers.add(++lastBlocker);
    return lastBlocker;
  },
  stop(id: number): boolean {
    recordCall('powerSaveBlocker.stop', id);
    return blockers.delete(id);
  },
  isStarted: (id: number): boolean => blockers.has(id),
}) satisfies Pick<PowerSaveBlocker, 'start' | 'stop' | 'isStarted'>;

const shortcuts = new Set<string>();

export const globalShortcut = strictObject('globalShortcut', {
  register(accelerator: string, _callback: () => void): boolean {
    recordCall('globalShortcut.register', accelerator);
    shortcuts.add(accelerator);
    return true;
  },
  isRegistered: (accelerator: string): boolean => shortcuts.has(accelerator),
  unregister: (accelerator: string): void => void shortcuts.delete(accelerator),
  unregisterAll: (): void => shortcuts.clear(),
}) satisfies Pick<GlobalShortcut, 'register' | 'isRegistered' | 'unregister' | 'unregisterAll'>;

// Electron takes the options first or after a parent window.
function lastOptions<T>(args: readonly unknown[]): T {
  return args.at(-1) as T;
}

/** Nobody is there to answer: a message is cancelled, a file is `COUNTERSIGN_DIALOG_PATH` or none. */
export const dialog = strictObject('dialog', {
  showErrorBox(title: string, content: string): void {
    recordCall('dialog.showErrorBox', title, content);
    console.error(`${title}: ${content}`);
  },
  async showMessageBox(...args: unknown[]) {
    const options = lastOptions<MessageBoxOptions>(args);
    recordCall('dialog.showMessageBox', options.message);
    return { response: options.cancelId ?? 0, checkboxChecked: options.checkboxChecked ?? false };
  },
  async showOpenDialog(..._args: unknown[]) {
    const path = process.env['COUNTERSIGN_DIALOG_PATH'];
    return { canceled: path === undefined, filePaths: path === undefined ? [] : [path] };
  },
  async showSaveDialog(..._args: unknown[]) {
    const path = process.env['COUNTERSIGN_DIALOG_PATH'];
    return { canceled: path === undefined, filePath: path ?? '' };
  },
}) satisfies Pick<Dialog, 'showErrorBox' | 'showMessageBox' | 'showOpenDialog' | 'showSaveDialog'>;

export const Menu = strictObject('Menu', {
  setApplicationMenu: (menu: object | null): void =>
    recordCall('Menu.setApplicationMenu', menu === null ? null : 'menu'),
  getApplicationMenu: (): null => null,
  buildFromTemplate: (template: readonly object[]): object => strictObject('Menu', { items: template }),
});

const POWER_EVENTS = [
  ...['suspend', 'resume', 'on-ac', 'on-battery', 'shutdown', 'lock-screen', 'unlock-screen'],
  ...['thermal-state-change', 'speed-limit-change', 'user-did-become-active', 'user-did-resign-active'],
];
export const powerMonitor = new (strictEmitter('powerMonitor', POWER_EVENTS))();

export const crashReporter = strictObject('crashReporter', {
  start: (options: { uploadToServer?: boolean }): void => recordCall('crashReporter.start', options),
  addExtraParameter: (): void => undefined,
});

export const shell = strictObject('shell', {
  openExternal: async (address: string): Promise<void> => recordCall('shell.openExternal', address),
  openPath: async (path: string): Promise<string> => {
    recordCall('shell.openPath', path);
    return '';
  },
  showItemInFolder: (path: string): void => recordCall('shell.showItemInFolder', path),
});

class StandInTheme extends strictEmitter('nativeTheme', ['updated']) {
  themeSource: 'system' | 'light' | 'dark' = 'system';
  readonly shouldUseHighContrastColors = false;
  get shouldUseDarkColors(): boolean {
    return this.themeSource === 'dark';
  }
}
export const nativeTheme = new StandInTheme();
