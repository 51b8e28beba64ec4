import type { VerifierStatus } from '../../shared/ipc/admin.ts';
import type { Failure } from '../../shared/reasons.ts';
import type { Result } from '../../shared/result.ts';
import type { Verifier } from '../certification/ports.ts';

/** The cloud side as the windows and the flow see it. */
export interface SyncService extends Verifier {
  start(): void;
  /** Settles when an exchange under way has ended. */
  stop(): Promise<void>;
  status(): Result<VerifierStatus, Failure>;
  /** Enrols this device at `address` with a one-time code; the settings keep what it got. */
  enrol(address: string, code: string): Promise<Result<null, Failure>>;
  /** The verifier's seed for a challenge of this certification, if it has been fetched; each is given once. */
  takeSeed(certifyId: string): Uint8Array | null;
  /** Called with the id of every record that the verifier has confirmed. */
  onConfirmed(listener: (certifyId: string) => void): void;
  /** Sends what is due now and resolves when that is done. */
  syncNow(): Promise<void>;
}
