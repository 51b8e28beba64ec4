import type { Clock } from '../../shared/clock.ts';
import type { Credentials, FirstAdministrator, OwnSecretChange, StaffGate } from '../../shared/ipc/staff.ts';
import type { Failure } from '../../shared/reasons.ts';
import type { Result } from '../../shared/result.ts';

type Answered<T> = Promise<Result<T, Failure>>;

/** What a window asks main about who is at it. Never rejects: a broken call is a failure too. */
export interface StaffBridge {
  readonly gate: () => Answered<StaffGate>;
  readonly createFirst: (first: FirstAdministrator) => Answered<StaffGate>;
  readonly signIn: (credentials: Credentials) => Answered<StaffGate>;
  readonly signOut: () => Answered<StaffGate>;
  readonly changeOwnSecret: (change: OwnSecretChange) => Answered<StaffGate>;
  readonly clock: Clock;
}
