import type { FaceReturnDesk, HandOffDesk, RequestDesk, RiskDesk, SubjectDesk } from '../certification/ports.ts';
import { NO_RISK } from '../../shared/domain/risk.ts';
import { failure } from '../../shared/reasons.ts';
import { err, ok } from '../../shared/result.ts';

/** Desks that have nothing to give yet. */
export function desksWithout(): {
  readonly risk: RiskDesk;
  readonly requests: RequestDesk;
  readonly handOffs: HandOffDesk;
  readonly subjects: SubjectDesk;
  readonly faceReturns: FaceReturnDesk;
} {
  return {
    risk: { atStart: () => ok(NO_RISK), atIdentity: () => ok(NO_RISK), atFace: () => Promise.resolve(ok(NO_RISK)) },
    requests: { called: () => null, begin: () => err(failure('request.unknown')) },
    handOffs: {
      refusal: () => failure('handoff.unavailable'),
      open: () => Promise.resolve(err(failure('handoff.unavailable'))),
      look: () => Promise.resolve(err(failure('handoff.unavailable'))),
      close: () => Promise.resolve(),
    },
    subjects: {
      kept: () => err(failure('store.unavailable')),
      erase: () => Promise.resolve(err(failure('store.unavailable'))),
    },
    faceReturns: {
      ready: () => false,
      prepare: () => Promise.resolve(err(failure('face-return.unreachable'))),
      discard: () => Promise.resolve(),
    },
  };
}
