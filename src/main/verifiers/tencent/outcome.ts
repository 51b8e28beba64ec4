import type { Capability, CheckMaterials, CheckOutcome, VendorAnswer } from '../../../shared/domain/verification.ts';
import { stateOf } from '../../../shared/reasons.ts';
import { outcomeOfForeign, unlessBillUnknown } from '../check-outcomes.ts';
import { meaningOfError } from './codes.ts';
import type { Reading } from './operations/operation.ts';
import { withoutPersonalData } from './redaction.ts';
import type { TencentAnswer } from './tencent-call.ts';
import type { TencentService } from './tencent-services.ts';

/** Which call an outcome is of. */
export interface Asked {
  readonly service: TencentService;
  readonly capability: Pick<Capability, 'operation' | 'basis' | 'billed' | 'queryable'>;
  readonly materials: Pick<CheckMaterials, 'identity'>;
}

const LONGEST_CODE = 120;
/** Limits are counted by the second; the next second has room again. */
const USUAL_THROTTLE_MS = 1_000;

/** The outcome that an answer's reading stands for. */
export function outcomeOfReading(reading: Reading, requestId: string, asked: Asked): CheckOutcome {
  const { meaning, code, message } = reading;
  const { reason, retry, billed } = meaning;
  const outcome: CheckOutcome = {
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
  return unlessBillUnknown(outcome, asked.capability);
}

/** The outcome of `Response.Error`. */
export function outcomeOfError(answer: Extract<TencentAnswer, { kind: 'error' }>, asked: Asked): CheckOutcome {
  const meaning = meaningOfError(asked.service, answer.code);
  return outcomeOfReading({ code: answer.code, message: answer.message, meaning }, answer.requestId, asked);
}

/** The outcome of an answer that has its form but not the operation's: nobody knows what was decided. */
export function outcomeOfMalformed(requestId: string, { capability }: Asked): CheckOutcome {
  const detail = 'the answer breaks the form of its operation';
  const answer = { status: 200, retryAfterMs: null, code: 'malformed', requestId, detail };
  return outcomeOfForeign(answer, 'tencent', capability);
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
