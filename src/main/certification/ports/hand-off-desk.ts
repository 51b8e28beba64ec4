import type { OpenHandOff, HandOffState } from '../../../shared/domain/hand-off.ts';
import type { Failure } from '../../../shared/reasons.ts';
import type { Result } from '../../../shared/result.ts';
import type { Run } from '../run.ts';

/** Opens a page on which a person finishes with their own phone. */
export interface HandOffDesk {
  /** Whether one can be opened for this certification as things are; why not. */
  refusal(run: Pick<Run, 'scene' | 'scheme'>): Failure | null;
  /** Fails with `handoff.unavailable` or a verifier's code. */
  open(
    run: Run,
    identity: { readonly name: string; readonly number: string } | null,
  ): Promise<Result<OpenHandOff, Failure>>;
  look(opened: OpenHandOff): Promise<Result<HandOffState, Failure>>;
  /** Nobody waits for it any more: the page says so, and what it took is destroyed. */
  close(opened: OpenHandOff): Promise<void>;
}
