import { z } from 'zod';
import {
  bankCardNumber,
  compactDay,
  identityNumber,
  mobileNumber,
  orderNumber,
  personName,
  pictureBase64,
  resultObject,
  word,
  type Operation,
} from './operation.ts';

const VERSION = '2019-03-07';

/** `md5` would send hashes; those of numbers with a known form are no secret, so plain text goes over TLS. */
const identityFields = { ParamType: z.literal('normal'), UserName: personName, IdentifyNum: identityNumber };
const bizAnswer = resultObject({
  /** 1 agrees, 2 doesn't, 3 nothing found. */
  BizCode: word,
  SubCode: word.optional(),
  /** CMCC, CUCC, CTCC */
  IspName: z.string().max(40).optional(),
});
export type MetaAnswer = z.infer<typeof bizAnswer>;

const identityRequest = z.strictObject(identityFields);
/** Name and number. */
export const id2MetaVerify: Operation<z.infer<typeof identityRequest>, MetaAnswer> = {
  action: 'Id2MetaVerify',
  version: VERSION,
  billed: true,
  request: identityRequest,
  answer: bizAnswer,
};

const periodRequest = z.strictObject({
  ...identityFields,
  ValidityStartDate: compactDay,
  ValidityEndDate: z.union([compactDay, z.literal('长期')]),
});
/** Name, number and the card's validity. */
export const id2MetaPeriodVerify: Operation<z.infer<typeof periodRequest>, MetaAnswer> = {
  action: 'Id2MetaPeriodVerify',
  version: VERSION,
  billed: true,
  request: periodRequest,
  answer: bizAnswer,
};

const phoneRequest = z.strictObject({ ...identityFields, Mobile: mobileNumber });
/** Name, number and phone number: whether they agree. */
export const mobile3MetaSimpleVerify: Operation<z.infer<typeof phoneRequest>, MetaAnswer> = {
  action: 'Mobile3MetaSimpleVerify',
  version: VERSION,
  billed: true,
  request: phoneRequest,
  answer: bizAnswer,
};
/** The same, with what doesn't agree. */
export const mobile3MetaDetailVerify: Operation<z.infer<typeof phoneRequest>, MetaAnswer> = {
  ...mobile3MetaSimpleVerify,
  action: 'Mobile3MetaDetailVerify',
};

const bankFields = {
  ParamType: z.literal('normal'),
  VerifyMode: z.literal('VERIFY_BANK_CARD'),
  UserName: personName,
  BankCard: bankCardNumber,
};
const bankIdentity = { IdentityType: z.literal('IDENTITY_CARD'), IdentifyNum: identityNumber };
const bankRequest = z.discriminatedUnion('ProductType', [
  z.strictObject({ ProductType: z.literal('BANK_CARD_2_META'), ...bankFields }),
  z.strictObject({ ProductType: z.literal('BANK_CARD_3_META'), ...bankFields, ...bankIdentity }),
  z.strictObject({ ProductType: z.literal('BANK_CARD_4_META'), ...bankFields, ...bankIdentity, Mobile: mobileNumber }),
]);
export type BankMetaVerifyRequest = z.infer<typeof bankRequest>;
/** A bank card and its holder's name, number and phone number. */
export const bankMetaVerify: Operation<BankMetaVerifyRequest, MetaAnswer> = {
  action: 'BankMetaVerify',
  version: VERSION,
  billed: true,
  request: bankRequest,
  answer: bizAnswer,
};

const deepfakeRequest = z
  .strictObject({
    OuterOrderNo: orderNumber,
    FaceInputType: z.enum(['IMAGE', 'VIDEO']),
    FaceBase64: pictureBase64.optional(),
    FaceUrl: z
      .url({ protocol: /^https$/ })
      .max(2_000)
      .optional(),
  })
  .refine(({ FaceBase64, FaceUrl }) => (FaceBase64 === undefined) !== (FaceUrl === undefined), 'exactly one picture');
const deepfakeAnswer = resultObject({
  /** 0 low risk, 1 high risk, 2 suspicious. */
  Result: word,
  RiskTag: z.string().max(400).optional(),
  RiskScore: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});
/** Whether a face was made by a machine. */
export const deepfakeDetect: Operation<z.infer<typeof deepfakeRequest>, z.infer<typeof deepfakeAnswer>> = {
  action: 'DeepfakeDetect',
  version: VERSION,
  billed: true,
  request: deepfakeRequest,
  answer: deepfakeAnswer,
};
