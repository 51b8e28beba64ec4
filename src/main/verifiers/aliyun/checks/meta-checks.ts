import type { Capability, Check, CheckAnswer, CheckRequest } from '../../../../shared/domain/verification.ts';
import { failure } from '../../../../shared/reasons.ts';
import type { CallContext } from '../../contract.ts';
import type { AliyunClient } from '../client.ts';
import {
  BANK_CODES,
  BANK_SUB_CODES,
  FAKE_FACE_RESULTS,
  IDENTITY_CODES,
  meaningOf,
  OPERATION_CODES,
  PHONE_CODES,
  PHONE_SUB_CODES,
  type CodeMeaning,
  type CodeTable,
} from '../codes.ts';
import type { FormFields } from '../form-body.ts';
import { FACE_PICTURE_LIMITS, unfitPicture } from '../material-limits.ts';
import {
  bankMetaVerify,
  deepfakeDetect,
  id2MetaPeriodVerify,
  id2MetaVerify,
  mobile3MetaDetailVerify,
  mobile3MetaSimpleVerify,
  type BankMetaVerifyRequest,
  type MetaAnswer,
} from '../operations/meta-checks.ts';
import type { Operation } from '../operations/operation.ts';
import { callOperation } from '../rpc-exchange.ts';
import { CONTRADICTION, unasked, verdict, withoutQuery, withoutVerdict } from '../verdicts.ts';
import { base64, type AliyunCheck } from './check.ts';

/** What a registry says of words and numbers, with no picture. */
export function metaChecks(client: AliyunClient, phoneDetail: boolean): readonly AliyunCheck[] {
  const phone = phoneDetail ? mobile3MetaDetailVerify : mobile3MetaSimpleVerify;
  const identityCodes = { biz: IDENTITY_CODES, sub: null };
  const bankCodes = { biz: BANK_CODES, sub: BANK_SUB_CODES };
  return [
    metaCheck(client, 'identity', ['identity'], id2MetaVerify, identityCodes, identityFields),
    metaCheck(client, 'identity-period', ['identity', 'validity'], id2MetaPeriodVerify, identityCodes, periodFields),
    metaCheck(
      client,
      'phone',
      ['identity', 'phone'],
      phone,
      { biz: PHONE_CODES, sub: phoneDetail ? PHONE_SUB_CODES : null },
      phoneFields,
    ),
    metaCheck(client, 'bank-card-holder', ['identity', 'bank-card'], bankMetaVerify, bankCodes, bankFields),
    metaCheck(client, 'bank-card', ['identity', 'bank-card'], bankMetaVerify, bankCodes, bankFields),
    metaCheck(client, 'bank-card-phone', ['identity', 'bank-card', 'phone'], bankMetaVerify, bankCodes, bankFields),
    fakeFaceCheck(client),
  ];
}

interface MetaCodes {
  readonly biz: CodeTable;
  /** Null where the operation says no more than its first code. */
  readonly sub: CodeTable | null;
}

function metaCheck<Request extends FormFields>(
  client: AliyunClient,
  check: Check,
  materials: Capability['materials'],
  operation: Operation<Request, MetaAnswer>,
  codes: MetaCodes,
  fields: (request: CheckRequest) => Request | null,
): AliyunCheck {
  const capability: Capability = { ...plain, check, operation: operation.action, materials };
  return {
    capability,
    query: () => Promise.resolve(withoutQuery(capability)),
    ask: async (request, context) => {
      const form = fields(request);
      if (form === null) return unasked(failure('material.missing', check), capability);
      const answer = await callOperation(client.parts, client.account, operation, form, context);
      if (answer.kind !== 'answered') return withoutVerdict(answer, capability, OPERATION_CODES, null);
      const { BizCode, SubCode, IspName } = answer.answer.ResultObject;
      return verdict(metaMeaning(BizCode, SubCode, codes), {
        capability,
        said: answer.said,
        code: SubCode === undefined ? `BizCode ${BizCode}` : `BizCode ${BizCode} SubCode ${SubCode}`,
        reference: null,
        ...(IspName === undefined ? {} : { fields: { carrier: IspName } }),
      });
    },
  };
}

const plain = { basis: 'authority', pictures: null, clip: null, queryable: false, billed: true, score: null } as const;

/** Both codes have to say the same; a pass needs each that the operation has. */
function metaMeaning(biz: string, sub: string | undefined, codes: MetaCodes): CodeMeaning {
  const meaning = meaningOf(biz, codes.biz);
  if (codes.sub === null) {
    // Not documented for these, but seen: 101 goes with 1.
    return sub !== undefined && meaning.kind === 'confirmed' && sub !== '101' ? CONTRADICTION : meaning;
  }
  if (sub === undefined) return meaning.kind === 'confirmed' ? CONTRADICTION : meaning;
  if (!Object.hasOwn(codes.biz, biz)) return meaning;
  const detail = meaningOf(sub, codes.sub);
  // The first digit of the second code is the first code.
  return Object.hasOwn(codes.sub, sub) && biz !== sub[0] ? CONTRADICTION : detail;
}

function identityFields({ materials: { identity } }: CheckRequest) {
  if (identity === undefined) return null;
  return { ParamType: 'normal', UserName: identity.name, IdentifyNum: identity.number } as const;
}

function periodFields(request: CheckRequest) {
  const identity = identityFields(request);
  const { validity } = request.materials;
  if (identity === null || validity === undefined) return null;
  const end = validity.to === 'long-term' ? '长期' : validity.to.replaceAll('-', '');
  return { ...identity, ValidityStartDate: validity.from.replaceAll('-', ''), ValidityEndDate: end };
}

function phoneFields(request: CheckRequest) {
  const identity = identityFields(request);
  const { phone } = request.materials;
  return identity === null || phone === undefined ? null : { ...identity, Mobile: phone };
}

function bankFields({ check, materials }: CheckRequest): BankMetaVerifyRequest | null {
  const { identity, bankCard, phone } = materials;
  if (identity === undefined || bankCard === undefined) return null;
  const card = {
    ParamType: 'normal',
    VerifyMode: 'VERIFY_BANK_CARD',
    UserName: identity.name,
    BankCard: bankCard,
  } as const;
  if (check === 'bank-card-holder') return { ProductType: 'BANK_CARD_2_META', ...card };
  const withNumber = { ...card, IdentityType: 'IDENTITY_CARD', IdentifyNum: identity.number } as const;
  if (check === 'bank-card') return { ProductType: 'BANK_CARD_3_META', ...withNumber };
  return phone === undefined ? null : { ProductType: 'BANK_CARD_4_META', ...withNumber, Mobile: phone };
}

function fakeFaceCheck(client: AliyunClient): AliyunCheck {
  const capability: Capability = {
    ...plain,
    check: 'fake-face',
    operation: deepfakeDetect.action,
    materials: ['face'],
    basis: 'local',
    pictures: FACE_PICTURE_LIMITS,
  };
  return {
    capability,
    query: () => Promise.resolve(withoutQuery(capability)),
    ask: (request, context) => askForFakes(client, capability, request, context),
  };
}

async function askForFakes(
  client: AliyunClient,
  capability: Capability,
  { orderId, materials: { face } }: CheckRequest,
  context: CallContext,
): Promise<CheckAnswer> {
  if (face === undefined) return unasked(failure('material.missing', 'face'), capability);
  const complaint = unfitPicture(face, FACE_PICTURE_LIMITS, 'face');
  if (complaint !== null) return unasked(complaint, capability);
  const form = { OuterOrderNo: orderId, FaceInputType: 'IMAGE', FaceBase64: base64(face.bytes) } as const;
  const answer = await callOperation(client.parts, client.account, deepfakeDetect, form, context);
  if (answer.kind !== 'answered') return withoutVerdict(answer, capability, OPERATION_CODES, null);
  const { Result, RiskTag } = answer.answer.ResultObject;
  const warnings = (RiskTag ?? '').split(',').filter((tag) => /^[A-Za-z]{1,40}$/.test(tag));
  return verdict(meaningOf(Result, FAKE_FACE_RESULTS), {
    capability,
    said: answer.said,
    code: `Result ${Result}`,
    reference: null,
    warnings: warnings.slice(0, 30),
  });
}
