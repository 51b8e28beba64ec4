import type { Capability, CheckMaterials, CheckOutcome, VendorAnswer } from '../../../shared/domain/verification.ts';
import { stateOf, type FailureCode } from '../../../shared/reasons.ts';
import { unconfirmed } from '../check-outcomes.ts';
import { UNKNOWN_CODE } from './code-meaning.ts';
import { meaningOfError } from './codes.ts';
import type { Reading } from './operations/operation.ts';
import { withoutPersonalData } from './redaction.ts';
import type { TencentAnswer } from './tencent-call.ts';
import type { TencentService } from './tencent-services.ts';

/** Which call an outcome is of. */
export interface Asked {
  readonly service: TencentService;
  readonly capability: Pick<Capability, 'operation' | 'basis' | 'billed'>;
  readonly materials: Pick<CheckMaterials, 'identity'>;
}

const LONGEST_CODE = 120;
/** Limits are counted by the second; the next second has room again. */
const USUAL_THROTTLE_MS = 1_000;

/** The outcome that an answer's reading stands for. */
export function outcomeOfReading(reading: Reading, requestId: string, asked: Asked): CheckOutcome {
  const { meaning, code, message } = reading;
  const { reason, retry, billed } = meaning;
  return {
    state: stateOf(reason),
    reason,
    retry,
    retryAfterMs: retry === 'throttle' ? USUAL_THROTTLE_MS : null,
    basis: asked.capability.basis,
    scores: [...(reading.scores ?? [])],
    vendor: vendorAnswer(asked, code, message, requestId, billed),
    ...(reading.fields && Object.keys(reading.fields).length > 0 ? { fields: { ...reading.fields } } : {}),
    ...(reading.warnings && reading.warnings.length > 0 ? { warnings: [...reading.warnings] } : {}),
    ...(reading.detail === undefined ? {} : { detail: reading.detail }),
  };
}

/** The outcome of `Response.Error`. */
export function outcomeOfError(answer: Extract<TencentAnswer, { kind: 'error' }>, asked: Asked): CheckOutcome {
  const meaning = meaningOfError(asked.service, answer.code);
  return outcomeOfReading({ code: answer.code, message: answer.message, meaning }, answer.requestId, asked);
}

/** The outcome of an answer that has its form but not the operation's: nobody knows what was decided. */
export function outcomeOfMalformed(requestId: string, asked: Asked): CheckOutcome {
  const vendor = vendorAnswer(asked, 'malformed', '', requestId, null);
  return lostAnswer(asked, vendor, 'the answer breaks the form of its operation');
}

/**
 * The outcome of something that isn't the vendor's answer. It answers 200 to whatever it has worked on, so another
 * status in the three and four hundreds is a proxy's or a refusal; after anything else it may have been carried out.
 */
export function outcomeOfForeign({ status, retryAfterMs }: Foreign, asked: Asked): CheckOutcome {
  const vendor = vendorAnswer(asked, `HTTP ${status}`, '', null, false);
  const { basis } = asked.capability;
  const unasked = (code: FailureCode, retry: CheckOutcome['retry'], wait: number | null = null) =>
    unconfirmed(code, { retry, basis, vendor, retryAfterMs: wait });
  if (status >= 300 && status < 400) return unasked('verifier.malformed', 'service');
  if (status === 429) return unasked('verifier.throttled', 'throttle', retryAfterMs ?? USUAL_THROTTLE_MS);
  if (status >= 400 && status < 500) return unasked('verifier.refused', 'configuration');
  return lostAnswer(asked, { ...vendor, billed: null }, 'no answer of the vendor');
}
type Foreign = Extract<TencentAnswer, { kind: 'foreign' }>;

/** What isn't billed can be asked again by itself. */
function lostAnswer({ capability: { basis, billed } }: Asked, vendor: VendorAnswer, detail: string): CheckOutcome {
  if (!billed) return unconfirmed('verifier.malformed', { retry: 'service', basis, vendor, detail });
  return unconfirmed('outcome.unknown', { retry: UNKNOWN_CODE.retry, basis, vendor, detail });
}

function vendorAnswer(
  { capability, materials }: Asked,
  code: string,
  message: string,
  requestId: string | null,
  billed: boolean | null,
): VendorAnswer {
  return {
    name: 'tencent',
    operation: capability.operation,
    code: withoutPersonalData(code, materials).slice(0, LONGEST_CODE),
    message: withoutPersonalData(message, materials),
    requestId,
    billed,
  };
}
