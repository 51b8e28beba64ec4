import type { AnsweredPicture, CheckAnswer, CheckOutcome, CheckRequest } from '../../../shared/domain/verification.ts';
import { failure, type Failure } from '../../../shared/reasons.ts';
import { ok } from '../../../shared/result.ts';
import { serviceRefusalText } from '../../../shared/service-refusal-texts.ts';
import { settled, unconfirmed } from '../check-outcomes.ts';
import type { CallContext, Verifier, VendorClientParts } from '../contract.ts';
import { tencentAsk, type Ask } from './ask.ts';
import { checkOperations, tencentCapabilities } from './capabilities.ts';
import { passes } from './code-meaning.ts';
import type { CheckOperation } from './operations/operation.ts';
import { outcomeOfReading } from './outcome.ts';
import type { TencentSettings } from './tencent-services.ts';

type Settled = Extract<CheckAnswer, { kind: 'settled' }>;

/**
 * Tencent Cloud (faceid 2018-03-01, iai 2020-03-03, ocr 2018-11-19) as a verifier. All of its checks are answered at
 * once; none can be asked for afterwards, so an answer that is lost stays unknown until a clerk decides.
 */
export function createTencentVerifier(parts: VendorClientParts, settings: TencentSettings): Verifier {
  const operations = checkOperations(settings);
  const ask = tencentAsk(parts, settings);
  const capabilities = tencentCapabilities(operations);
  const operationFor = (request: CheckRequest) =>
    operations.find((one) => one.capability.check === request.check && one.serves(request));
  return {
    capabilities,
    capabilityFor: (request) => operationFor(request)?.capability ?? null,
    async check(request, context) {
      const operation = operationFor(request);
      if (operation) return askOperation(ask, operation, request, settings, context);
      const refusal = capabilities.refusals[request.check];
      // What is served at all lacks only the material that chooses the operation.
      return settled(
        unsent(
          refusal === undefined ? failure('material.missing', 'clip') : unsupported(serviceRefusalText(refusal, 'en')),
          'local',
        ),
      );
    },
    async query(_reference, request) {
      const basis = capabilities.checks.find(({ check }) => check === request.check)?.basis ?? 'local';
      const detail = 'this vendor keeps no result that could be asked for';
      return settled(unconfirmed('outcome.unknown', { retry: 'clerk', basis, detail }));
    },
    async erase() {
      return ok('unsupported');
    },
  };
}

async function askOperation(
  ask: Ask,
  operation: CheckOperation,
  request: CheckRequest,
  settings: TencentSettings,
  context: CallContext,
): Promise<Settled> {
  const { capability } = operation;
  const call = operation.call(request, settings);
  if (!call.ok) return settled(unsent(call.error, capability.basis));
  const asked = { service: call.value.service, capability, materials: request.materials };
  const answer = await ask(call.value, asked, context, (response) => operation.read(response, request, settings));
  if (!answer.ok) return settled(answer.error);
  const { value: reading, requestId } = answer.value;
  const first = withPictures(outcomeOfReading(reading, requestId, asked), reading.pictures ?? []);
  if (!operation.followedBy || !passes(reading.meaning)) return first;
  return joined(first, await askOperation(ask, operation.followedBy, request, settings, context));
}

/** Two calls for one question: the second decides, what the first read stays. */
function joined({ outcome: first }: Settled, second: Settled): Settled {
  const { outcome } = second;
  const fields = { ...first.fields, ...outcome.fields };
  return { ...second, outcome: { ...outcome, ...(Object.keys(fields).length > 0 ? { fields } : {}) } };
}

function withPictures(outcome: CheckOutcome, pictures: readonly AnsweredPicture[]): Settled {
  return pictures.length > 0 ? { kind: 'settled', outcome, pictures } : { kind: 'settled', outcome };
}

function unsupported(refusal: string): Failure {
  return failure('verifier.unsupported', refusal);
}

/** An outcome from before anything was sent: another picture or clip may do, anything else is for whoever set it up. */
function unsent({ code, detail }: Failure, basis: CheckOutcome['basis']): CheckOutcome {
  const unfit = code === 'material.picture-unfit' || code === 'material.clip-unfit';
  return unconfirmed(code, { retry: unfit ? 'capture' : 'configuration', basis, detail });
}
