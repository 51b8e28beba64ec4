export interface HostSettings {
  readonly appDirectory: string;
  readonly appName: string;
  readonly appVersion: string;
  /** Everything after the application directory on the command line. */
  readonly appArguments: readonly string[];
}

let current: HostSettings | undefined;

/** Called once by the host before the application is imported. */
export function configureHost(settings: HostSettings): void {
  current = settings;
}

/** What the host was started with. */
export function hostSettings(): HostSettings {
  if (!current) throw new Error('the stand-in was imported outside its host: run host.ts');
  return current;
}
