import type { VideoDevice } from '../../shared/domain/camera-identity.ts';
import type { SignedSelfTest } from '../../shared/ipc/admin-system.ts';
import type { Failure } from '../../shared/reasons.ts';
import type { Result } from '../../shared/result.ts';
import type { MachineClock } from './machine-clock.ts';

/** What only the program that holds the windows knows and can do. */
export interface KioskHost {
  readonly packaged: boolean;
  readonly kioskMode: boolean;
  readonly blockedKeys: readonly string[];
  readonly runtime: Readonly<Record<string, string>>;
  /** Ends the kiosk for its staff. */
  leave(how: 'quit' | 'restart' | 'shut-window'): void;
}

/** What keeping a terminal up needs beside its features. */
export interface Upkeep {
  readonly dataFolder: string;
  readonly modelsFolder: string;
  readonly machineClock: MachineClock;
  /** Brings reader and document devices to what the settings say now. */
  reconfigureDevices(): Promise<void>;
  /** The machine's video devices, as its system lists them. */
  listCameras(): Promise<Result<readonly VideoDevice[], Failure>>;
  /** Null while no window is open: the command line, and tests. */
  host(): KioskHost | null;
  /** The last self-test of this run. */
  readonly lastTest: { value: SignedSelfTest | null };
}
