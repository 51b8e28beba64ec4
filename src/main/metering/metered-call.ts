import type { MeterLine, RecordedCall } from '../../shared/domain/metering.ts';
import { isReasonCode, stateOf } from '../../shared/reasons.ts';
import { billedByRule } from './billing-rules.ts';

/** A call with what it costs and what came of it. */
export interface MeteredCall extends MeterLine {
  /** It was answered with a decision. */
  readonly decided: boolean;
  readonly passed: boolean;
}

/** What the answer said about its bill counts; where it said nothing, the maker's rule does. */
export function meterCall({ reason, billed, ...call }: RecordedCall): MeteredCall {
  const state = reason !== null && isReasonCode(reason) ? stateOf(reason) : 'error';
  const { orderId, certifyId, sceneId, scheme, verifier, operation, number, startedAtMs, requestId, code } = call;
  return {
    orderId,
    certifyId,
    sceneId,
    scheme,
    verifier,
    operation,
    number,
    startedAtMs,
    requestId,
    code,
    billed: billed === undefined ? billedByRule({ verifier, operation, reason, code }) : billed,
    decided: state !== 'error',
    passed: state === 'passed',
  };
}
