import { z } from 'zod';
import type { CheckOutcome, ClipChallenge } from '../../../shared/domain/verification.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { CallContext, VendorClientParts } from '../contract.ts';
import { tencentAsk } from './ask.ts';
import { parsed, TEXT_ANSWER_BYTES } from './operations/operation.ts';
import type { TencentSettings } from './tencent-services.ts';

const liveCodeSchema = z.object({ LiveCode: z.string().regex(/^\d{4}$/) });
/** 1: open the mouth; 2: close the eyes. */
const actionSequenceSchema = z.object({ ActionSequence: z.string().regex(/^[12](,[12])?$/) });

/** The digits that have to be spoken in a clip; a clip with others is refused by the vendor. Not billed. */
export async function liveCode(
  parts: VendorClientParts,
  settings: TencentSettings,
  context: CallContext,
): Promise<Result<Extract<ClipChallenge, { kind: 'digits' }>, CheckOutcome>> {
  const code = await askChallenge(parts, settings, context, 'GetLiveCode', liveCodeSchema);
  return code.ok ? ok({ kind: 'digits', code: code.value.LiveCode }) : code;
}

/** The order of actions that have to be done in a clip. Not billed. */
export async function actionSequence(
  parts: VendorClientParts,
  settings: TencentSettings,
  context: CallContext,
): Promise<Result<Extract<ClipChallenge, { kind: 'action' }>, CheckOutcome>> {
  const sequence = await askChallenge(parts, settings, context, 'GetActionSequence', actionSequenceSchema);
  return sequence.ok ? ok({ kind: 'action', actions: sequence.value.ActionSequence }) : sequence;
}

async function askChallenge<T>(
  parts: VendorClientParts,
  settings: TencentSettings,
  context: CallContext,
  operation: 'GetLiveCode' | 'GetActionSequence',
  schema: z.ZodType<T>,
): Promise<Result<T, CheckOutcome>> {
  const call = { service: 'faceid', action: operation, parameters: {}, maxAnswerBytes: TEXT_ANSWER_BYTES } as const;
  const asked = {
    service: 'faceid',
    capability: { operation, basis: 'authority', billed: false, queryable: false },
    materials: {},
  } as const;
  const answer = await tencentAsk(parts, settings)(call, asked, context, (response) => parsed(schema, response));
  return answer.ok ? ok(answer.value.value) : err(answer.error);
}
