import { resolve } from 'node:path';
import type { App as ElectronApp } from 'electron';
import { AppPaths } from './app-paths.ts';
import { CommandLine } from './command-line.ts';
import { hostSettings } from './host-settings.ts';
import { InstanceLock } from './instance-lock.ts';
import { strictEmitter } from './not-provided.ts';
import { preventableEvent } from './preventable-event.ts';
import { recordCall, recordCallsIn } from './recorded-calls.ts';
import { windowList } from './window-list.ts';

const EMITTED_EVENTS = [
  ...['ready', 'before-quit', 'will-quit', 'quit', 'window-all-closed', 'browser-window-created'],
  ...['web-contents-created', 'render-process-gone', 'child-process-gone'],
];
const ACCEPTED_EVENTS = [
  ...[
    'will-finish-launching',
    'second-instance',
    'activate',
    'certificate-error',
    'select-client-certificate',
    'login',
  ],
  ...['browser-window-focus', 'browser-window-blur', 'open-url', 'open-file', 'gpu-info-update', 'session-created'],
  ...['accessibility-support-changed'],
];

type Provided = Pick<
  ElectronApp,
  | (
      | 'whenReady'
      | 'isReady'
      | 'getPath'
      | 'setPath'
      | 'getName'
      | 'setName'
      | 'getVersion'
      | 'getAppPath'
      | 'isPackaged'
    )
  | ('requestSingleInstanceLock' | 'hasSingleInstanceLock' | 'releaseSingleInstanceLock' | 'quit' | 'exit' | 'relaunch')
  | ('setLoginItemSettings' | 'enableSandbox' | 'disableHardwareAcceleration' | 'setAppUserModelId' | 'focus')
  | ('getLocale' | 'getSystemLocale' | 'getPreferredSystemLanguages')
>;

/** `app`: the life of the application. The host sets {@link App.beforeExit} and calls {@link App.becomeReady}. */
class App extends strictEmitter('app', [...EMITTED_EVENTS, ...ACCEPTED_EVENTS]) implements Provided {
  readonly isPackaged = false;
  readonly switches = new CommandLine(hostSettings().appArguments);
  readonly commandLine = this.switches.forApp;
  /** Everything outside this process that has to end before it does. */
  beforeExit: () => Promise<void> = () => Promise.resolve();
  readonly #ready = Promise.withResolvers<void>();
  readonly #paths: AppPaths;
  #lock: InstanceLock | undefined;
  #name = hostSettings().appName;
  #isReady = false;
  #state: 'running' | 'quitting' | 'exiting' = 'running';

  constructor() {
    super();
    const userData = this.commandLine.getSwitchValue('user-data-dir');
    this.#paths = new AppPaths(this.#name, userData === '' ? undefined : resolve(userData));
    recordCallsIn(() => this.getPath('userData'));
  }

  get name(): string {
    return this.#name;
  }
  get isExiting(): boolean {
    return this.#state === 'exiting';
  }

  whenReady(): Promise<void> {
    return this.#ready.promise;
  }
  isReady(): boolean {
    return this.#isReady;
  }
  getPath(name: string): string {
    return this.#paths.get(name);
  }
  setPath(name: string, path: string): void {
    this.#paths.set(name, path);
  }
  getName(): string {
    return this.#name;
  }
  setName(name: string): void {
    this.#name = name;
  }
  getVersion(): string {
    return hostSettings().appVersion;
  }
  getAppPath(): string {
    return hostSettings().appDirectory;
  }
  getLocale(): string {
    return Intl.DateTimeFormat().resolvedOptions().locale;
  }
  getSystemLocale(): string {
    return this.getLocale();
  }
  getPreferredSystemLanguages(): string[] {
    return [this.getLocale()];
  }

  requestSingleInstanceLock(): boolean {
    const userData = this.getPath('userData');
    this.#paths.set('userData', userData);
    this.#lock ??= new InstanceLock(userData);
    return this.#lock.acquire();
  }
  hasSingleInstanceLock(): boolean {
    return this.#lock?.isHeld ?? false;
  }
  releaseSingleInstanceLock(): void {
    this.#lock?.release();
  }

  relaunch(options?: object): void {
    recordCall('app.relaunch', options ?? {});
  }
  setLoginItemSettings(settings: object): void {
    recordCall('app.setLoginItemSettings', settings);
  }
  // All three describe how Chromium runs here anyway.
  enableSandbox(): void {}
  disableHardwareAcceleration(): void {}
  setAppUserModelId(): void {}
  focus(): void {}

  /** Asks the listeners of `before-quit`, every window, and those of `will-quit`; then exits with code 0. */
  quit(): void {
    if (this.#state !== 'running') return;
    const before = preventableEvent({});
    this.emit('before-quit', before);
    if (before.defaultPrevented) return;
    this.#state = 'quitting';
    for (const window of [...windowList]) window.close();
    const will = preventableEvent({});
    if (windowList.size === 0) this.emit('will-quit', will);
    if (windowList.size > 0 || will.defaultPrevented) this.#state = 'running';
    else this.exit(0);
  }

  /** Closes everything without asking and ends the process. */
  exit(exitCode = 0): void {
    if (this.#state === 'exiting') return;
    this.#state = 'exiting';
    for (const window of [...windowList]) window.destroy();
    this.emit('quit', preventableEvent({}), exitCode);
    this.releaseSingleInstanceLock();
    this.beforeExit()
      .catch((error: unknown) => console.error('the stand-in could not end everything it had started:', error))
      .finally(() => process.exit(exitCode));
  }

  /** Called by the host when windows can be made. */
  becomeReady(): void {
    this.#isReady = true;
    this.#ready.resolve();
    this.emit('ready', preventableEvent({}), {});
  }

  /** Called by a window that is gone. As in Electron, an application that doesn't say otherwise ends with its last one. */
  windowClosed(): void {
    if (windowList.size > 0 || this.#state !== 'running') return;
    if (this.listenerCount('window-all-closed') > 0) this.emit('window-all-closed');
    else this.quit();
  }
}

export const app = new App();
