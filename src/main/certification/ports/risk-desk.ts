import type { RiskRuling } from '../../../shared/domain/risk.ts';
import type { Failure } from '../../../shared/reasons.ts';
import type { Result } from '../../../shared/result.ts';
import type { Run } from '../run.ts';

/** The rules about risk, asked at three moments. All answer from this device alone. */
export interface RiskDesk {
  /** Before anything is asked of a person; also where the terminal's own limits are reached. */
  atStart(sceneId: string): Result<RiskRuling, Failure>;
  /**
   * Who it is is known. Fails with `attempts.person-day`, `identity.already-used` or a store failure; a count that can't
   * be read is a failure and never zero.
   */
  atIdentity(run: Pick<Run, 'certifyId' | 'scene'>, subjectKey: string): Result<RiskRuling, Failure>;
  /** The face is known to be alive; of a test none is remembered. `subjectKey`: null where nobody was identified. */
  atFace(
    run: Pick<Run, 'certifyId' | 'scene'> & Partial<Pick<Run, 'test'>>,
    subjectKey: string | null,
  ): Promise<Result<RiskRuling, Failure>>;
}
