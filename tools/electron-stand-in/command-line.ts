import type { CommandLine as ElectronCommandLine } from 'electron';
import { strictObject } from './not-provided.ts';

/** The switches given to the application and those it adds, which go to Chromium. */
export class CommandLine {
  readonly #given = new Map<string, string>();
  readonly #appended = new Map<string, string>();

  readonly forApp = strictObject('app.commandLine', {
    appendSwitch: (name: string, value = ''): void => void this.#appended.set(name, value),
    hasSwitch: (name: string): boolean => this.#appended.has(name) || this.#given.has(name),
    getSwitchValue: (name: string): string => this.#appended.get(name) ?? this.#given.get(name) ?? '',
    removeSwitch: (name: string): void => {
      this.#appended.delete(name);
      this.#given.delete(name);
    },
  }) satisfies Pick<ElectronCommandLine, 'appendSwitch' | 'hasSwitch' | 'getSwitchValue' | 'removeSwitch'>;

  constructor(args: readonly string[]) {
    for (const arg of args) {
      const [, name, value] = /^--([^=]+)(?:=(.*))?$/s.exec(arg) ?? [];
      if (name !== undefined) this.#given.set(name, value ?? '');
    }
  }

  /** What the application appended, as Chromium's own command line has it. */
  chromiumSwitches(): readonly string[] {
    return [...this.#appended].map(([name, value]) => (value === '' ? `--${name}` : `--${name}=${value}`));
  }
}
