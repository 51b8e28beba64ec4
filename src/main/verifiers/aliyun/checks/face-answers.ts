import type { Capability, CheckAnswer, CheckRequest, Score } from '../../../../shared/domain/verification.ts';
import type { CallContext } from '../../contract.ts';
import type { AliyunClient } from '../client.ts';
import { OPERATION_CODES, type CodeMeaning } from '../codes.ts';
import { faceMeaning, faceScores, type FaceVerdict } from '../face-verdict.ts';
import { describeFaceVerify } from '../operations/face-verify.ts';
import { callOperation, type Said } from '../rpc-exchange.ts';
import { eraseTraces, parseTraces, traceReference, type Traces } from '../traces-at-vendor.ts';
import type { OssPlace } from '../oss-object.ts';
import { CONTRADICTION, verdict, withoutQuery, withoutResult } from '../verdicts.ts';
import type { AliyunCheck } from './check.ts';

/** An answer whose `ResultObject` has `Passed` and `SubCode`. */
export interface FaceAnswer {
  readonly said: Said;
  readonly answer: { readonly ResultObject: FaceVerdict & { readonly CertifyId?: string | undefined } };
}

/**
 * Decided by `faceMeaning`. A score is told only where the capability has one; the vendor's `CertifyId`, where it gave
 * one, is the reference for asking and erasing.
 */
export function faceVerdict(
  capability: Capability,
  { said, answer: { ResultObject } }: FaceAnswer,
  kind: Score['kind'],
): CheckAnswer {
  const { SubCode, Passed, CertifyId } = ResultObject;
  const settled = verdict(faceMeaning(ResultObject), {
    capability,
    said,
    code: SubCode === undefined ? `Passed ${Passed}` : `SubCode ${SubCode}`,
    scores: capability.score === null ? [] : faceScores(ResultObject, kind),
    reference: null,
  });
  return withReference(settled, traceReference({ certifyId: CertifyId ?? null, objectName: null }));
}

/** Adds by what the vendor finds it again. */
export function withReference(answer: CheckAnswer, reference: string | null | undefined): CheckAnswer {
  return answer.kind === 'pending' || typeof reference !== 'string' ? answer : { ...answer, reference };
}

/** `PV_FC` says no more than yes or no. */
export function comparisonMeaning(passed: string): CodeMeaning {
  if (passed === 'T') return { kind: 'confirmed', billed: true };
  return passed === 'F'
    ? { kind: 'unconfirmed', reason: 'face.low-similarity', retry: 'none', billed: true }
    : CONTRADICTION;
}

/** Only what the vendor numbered itself can be asked for; our own order number says nothing to it. */
export function queryByCertifyId(client: AliyunClient, sceneId: number, capability: Capability): AliyunCheck['query'] {
  return async (reference: string, _: CheckRequest, context: CallContext) => {
    const { certifyId } = parseTraces(reference);
    if (certifyId === null) return withoutQuery(capability);
    const form = { SceneId: sceneId, CertifyId: certifyId };
    const answer = await callOperation(client.parts, client.account, describeFaceVerify, form, context);
    if (answer.kind !== 'answered') return withoutResult(answer, capability, OPERATION_CODES, reference);
    return withReference(faceVerdict(capability, answer, 'authority'), reference);
  };
}

/** Whose record is deleted as soon as its answer is here; a clip in our bucket is deleted whatever came back. */
export function forgetting(
  check: AliyunCheck,
  client: AliyunClient,
  oss: OssPlace | null,
  keepAtVendor: boolean,
): AliyunCheck {
  const clean = async (answer: CheckAnswer, context: CallContext): Promise<CheckAnswer> => {
    if (answer.kind === 'pending' || answer.reference === undefined) return answer;
    const { reference, ...rest } = answer;
    const { certifyId, objectName } = parseTraces(reference);
    const due: Traces = { certifyId: keepAtVendor ? null : certifyId, objectName };
    const { left, problem } = await eraseTraces(client, oss, due, context);
    const kept = { certifyId: keepAtVendor ? certifyId : left.certifyId, objectName: left.objectName };
    const settled =
      problem === null ? rest : { ...rest, outcome: told(rest.outcome, `not erased yet: ${problem.code}`) };
    return withReference(settled, traceReference(kept));
  };
  return {
    capability: check.capability,
    ask: async (request, context) => clean(await check.ask(request, context), context),
    query: async (reference, request, context) => clean(await check.query(reference, request, context), context),
  };
}

function told<Outcome extends { readonly detail?: string | undefined }>(outcome: Outcome, text: string): Outcome {
  return { ...outcome, detail: outcome.detail === undefined ? text : `${outcome.detail}; ${text}`.slice(0, 300) };
}
