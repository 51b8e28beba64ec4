import { noOperation } from '../../../shared/domain/scheme-service.ts';
import type { ServiceRefusal } from '../../../shared/domain/service-refusal.ts';
import {
  CHECKS,
  type Check,
  type CheckAnswer,
  type CheckRequest,
  type VerifierCapabilities,
} from '../../../shared/domain/verification.ts';
import { err, ok } from '../../../shared/result.ts';
import { serviceRefusalText } from '../../../shared/service-refusal-texts.ts';
import type { CallContext, VendorClientParts, Verifier } from '../contract.ts';
import type { AliyunCheck } from './checks/check.ts';
import { compareFacesCheck } from './checks/compare-faces-check.ts';
import { forgetting } from './checks/face-answers.ts';
import { contrastCheck, livenessCheck, pictureComparisonCheck } from './checks/face-checks.ts';
import { metaChecks } from './checks/meta-checks.ts';
import { verificationCheck2018, verificationCheck2019 } from './checks/verification-checks.ts';
import { videoCheck } from './checks/video-check.ts';
import type { AliyunClient } from './client.ts';
import { settled, unconfirmed } from '../check-outcomes.ts';
import { DEFAULT_CLIP_TIMEOUT_MS, DEFAULT_ENDPOINT, DEFAULT_TIMEOUT_MS, type AliyunSettings } from './settings.ts';
import { eraseTraces, parseTraces } from './traces-at-vendor.ts';

/**
 * Aliyun's real-person verification, signed and called by ourselves. Which checks it serves depends on which scenes
 * the account has; the others are refused with the reason.
 */
export function createAliyunVerifier(parts: VendorClientParts, settings: AliyunSettings): Verifier {
  const client = aliyunClient(parts, settings);
  const served = new Map(servedChecks(client, settings).map((check) => [check.capability.check, check]));
  const refused = CHECKS.filter((check) => !served.has(check));
  const capabilities = {
    verifier: 'aliyun',
    checks: [...served.values()].map(({ capability }) => capability),
    refusals: Object.fromEntries(refused.map((check) => [check, refusalOf(check)])),
  } as const;
  const of = (check: Check, ask: (found: AliyunCheck) => Promise<CheckAnswer>): Promise<CheckAnswer> => {
    const found = served.get(check);
    if (found !== undefined) return ask(found);
    const terms = { retry: 'configuration', detail: serviceRefusalText(refusalOf(check), 'en') } as const;
    return Promise.resolve(settled(unconfirmed('verifier.unsupported', terms)));
  };
  return {
    capabilities,
    check: (request: CheckRequest, context: CallContext) => of(request.check, (found) => found.ask(request, context)),
    query: (reference, request, context) => of(request.check, (found) => found.query(reference, request, context)),
    erase: async (reference, context) => {
      const traces = parseTraces(reference);
      // The products of 2018 and 2019 have no deletion; their references are our own order ids.
      if (traces.certifyId === null && traces.objectName === null) return ok('unsupported');
      const { problem } = await eraseTraces(client, settings.oss ?? null, traces, context);
      return problem === null ? ok('erased') : err(problem);
    },
  };
}

/** What every call of an account needs; the hosted flows and statistics use it too. */
export function aliyunClient(parts: VendorClientParts, settings: AliyunSettings): AliyunClient {
  const { keys, endpoint = DEFAULT_ENDPOINT, timeoutMs = DEFAULT_TIMEOUT_MS } = settings;
  return { parts, account: { keys, endpoint, timeoutMs } };
}

function servedChecks(client: AliyunClient, settings: AliyunSettings): readonly AliyunCheck[] {
  const { scenes = {}, verification, oss, keepAtVendor = false, model = 'REAR_CAMERA_LIVENESS' } = settings;
  const { ID_MIN, ID_MIN_VIDEO, LR_FR_MIN, PV_FC } = scenes;
  const clean = (check: AliyunCheck) => forgetting(check, client, oss ?? null, keepAtVendor);
  return [
    ...(verification === undefined ? [] : [olderVerification(client, verification)]),
    ...(ID_MIN === undefined || verification !== undefined ? [] : [clean(contrastCheck(client, ID_MIN, model))]),
    ...(ID_MIN_VIDEO === undefined || oss === undefined
      ? []
      : [clean(videoCheck(client, ID_MIN_VIDEO, oss, model, settings.clipTimeoutMs ?? DEFAULT_CLIP_TIMEOUT_MS))]),
    ...(LR_FR_MIN === undefined ? [] : [clean(livenessCheck(client, LR_FR_MIN, model))]),
    ...(PV_FC === undefined ? [] : [clean(pictureComparisonCheck(client, PV_FC))]),
    ...(PV_FC !== undefined || verification === undefined ? [] : [compareFacesCheck(client, verification.api)]),
    ...metaChecks(client, settings.phoneDetail ?? false),
  ];
}

function olderVerification(
  client: AliyunClient,
  verification: NonNullable<AliyunSettings['verification']>,
): AliyunCheck {
  return verification.api === '2018-09-16'
    ? verificationCheck2018(client, verification.biz)
    : verificationCheck2019(client, verification.bizType);
}

const REFUSALS: VerifierCapabilities['refusals'] = {
  'face-authority': { code: 'no-scene-nor-older', scene: 'ID_MIN' },
  'video-authority': { code: 'scene-and-bucket', scene: 'ID_MIN_VIDEO' },
  'face-reference': { code: 'no-scene-nor-older', scene: 'PV_FC' },
  'video-reference': { code: 'pictures-only' },
  'face-live': { code: 'no-scene', scene: 'LR_FR_MIN' },
  'video-live': { code: 'pictures-only' },
  'face-retained': { code: 'own-client-only' },
  'card-picture-authority': { code: 'faces-only' },
  'id-card-reading': { code: 'cards-elsewhere' },
  'bank-card-reading': { code: 'cards-elsewhere' },
};

function refusalOf(check: Check): ServiceRefusal {
  return REFUSALS[check] ?? noOperation('aliyun', check);
}
