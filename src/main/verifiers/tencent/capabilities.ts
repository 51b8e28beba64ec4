import type { VerifierCapabilities } from '../../../shared/domain/verification.ts';
import { bankCardReading } from './operations/bank-card-reading.ts';
import { cardReadings } from './operations/card-reading.ts';
import { cardInformation, cardOcrVerification } from './operations/card-verifications.ts';
import { digitChecks } from './operations/digit-checks.ts';
import { imageRecognition } from './operations/face-authority.ts';
import { faceComparison } from './operations/face-comparison.ts';
import { fakeFaces } from './operations/fake-faces.ts';
import { liveFace } from './operations/live-face.ts';
import { livenessVideos } from './operations/liveness-video.ts';
import type { CheckOperation } from './operations/operation.ts';
import type { TencentSettings } from './tencent-services.ts';

/** Every operation that answers a check. Which one is taken depends on what a request carries. */
export function checkOperations(settings: TencentSettings): readonly CheckOperation[] {
  return [
    imageRecognition,
    ...livenessVideos,
    faceComparison(settings),
    liveFace(settings),
    cardInformation,
    ...digitChecks,
    cardOcrVerification,
    ...cardReadings,
    bankCardReading,
    ...fakeFaces,
  ];
}

const REFUSALS: VerifierCapabilities['refusals'] = {
  'face-retained': { code: 'no-own-photo' },
  'video-live': { code: 'clips-with-comparison' },
};

/** One entry for each operation, in their order: a check is listed as often as operations serve it. */
export function tencentCapabilities(operations: readonly CheckOperation[]): VerifierCapabilities {
  return { verifier: 'tencent', checks: operations.map(({ capability }) => capability), refusals: REFUSALS };
}
