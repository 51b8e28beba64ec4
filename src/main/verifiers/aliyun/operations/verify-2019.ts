import { z } from 'zod';
import {
  dataObject,
  identityNumber,
  mobileNumber,
  number,
  personName,
  pictureAddress,
  sceneMark,
  ticket,
  word,
  type Operation,
} from './operation.ts';

const VERSION = '2019-03-07';

const bizFields = { BizType: sceneMark, BizId: ticket };
const bizRequest = z.strictObject(bizFields);
const httpsAddress = z.url({ protocol: /^https$/ }).max(1_000);

const tokenRequest = z.strictObject({
  ...bizFields,
  Name: personName.optional(),
  IdCardNumber: identityNumber.optional(),
  IdCardFrontImageUrl: pictureAddress.optional(),
  IdCardBackImageUrl: pictureAddress.optional(),
  FaceRetainedImageUrl: pictureAddress.optional(),
  CallbackUrl: httpsAddress.optional(),
  CallbackSeed: z.string().max(100).optional(),
  PassedRedirectUrl: httpsAddress.optional(),
  FailedRedirectUrl: httpsAddress.optional(),
  UserId: z.string().max(64).optional(),
  UserIp: z.string().max(45).optional(),
  UserPhoneNumber: mobileNumber.optional(),
  UserRegistTime: z.int().positive().optional(),
});
export type DescribeVerifyTokenRequest = z.infer<typeof tokenRequest>;
const uploadToken = z.object({
  Bucket: z.string().max(100),
  EndPoint: z.string().max(300),
  Key: z.string().max(200),
  Secret: z.string().max(200),
  Token: z.string().max(4_000),
  Path: z.string().max(200),
  Expired: number.optional(),
});
/** Keys for a while, for handing pictures to the vendor's own bucket. */
export type UploadToken = z.infer<typeof uploadToken>;
const tokenAnswer = z.object({
  VerifyToken: z.string().min(1).max(200),
  VerifyPageUrl: z.string().max(2_000).optional(),
  OssUploadToken: uploadToken.optional(),
});
/** A token for the vendor's page or client, good for half an hour. */
export const describeVerifyToken: Operation<DescribeVerifyTokenRequest, z.infer<typeof tokenAnswer>> = {
  action: 'DescribeVerifyToken',
  version: VERSION,
  billed: false,
  request: tokenRequest,
  answer: tokenAnswer,
};

const text = z.string().max(2_000).optional();
const flag = z.union([z.boolean(), z.string().max(10)]).optional();
const materialSchema = z
  .object({
    FaceImageUrl: text,
    FaceQuality: text,
    FaceMask: flag,
    IdCardName: text,
    IdCardNumber: text,
    IdCardInfo: z.record(z.string(), z.unknown()).optional(),
  })
  .optional();
const resultAnswer = z.object({
  VerifyStatus: number,
  AuthorityComparisionScore: number.optional(),
  AuthorityComparisonScore: number.optional(),
  FaceComparisonScore: number.optional(),
  IdCardFaceComparisonScore: number.optional(),
  Material: materialSchema,
});
export type VerifyResultAnswer = z.infer<typeof resultAnswer>;
/** What became of a verification; addresses of pictures are good for five minutes. */
export const describeVerifyResult: Operation<z.infer<typeof bizRequest>, VerifyResultAnswer> = {
  action: 'DescribeVerifyResult',
  version: VERSION,
  billed: false,
  request: bizRequest,
  answer: resultAnswer,
};

const verifyRequest = z.strictObject({
  ...bizFields,
  Name: personName,
  IdCardNumber: identityNumber,
  FaceImageUrl: pictureAddress,
  IdCardFrontImageUrl: pictureAddress.optional(),
  IdCardBackImageUrl: pictureAddress.optional(),
  UserId: z.string().max(64).optional(),
});
/** Name, number and a face against the authority's photo, from our own screens. */
export const verifyMaterial: Operation<z.infer<typeof verifyRequest>, VerifyResultAnswer> = {
  action: 'VerifyMaterial',
  version: VERSION,
  billed: true,
  request: verifyRequest,
  answer: resultAnswer,
};

/** How a person is verified, by the vendor's names. */
export const SOLUTIONS = [
  'RPBasic',
  'RPManual',
  'RPBioID',
  'RPBioOnlyPro',
  'RPBioOnly',
  'RPH5BioOnly',
  'FVBioOnly',
  'FDBioOnly',
  'RPMin',
] as const;
const settingRequest = z.strictObject({
  BizType: sceneMark,
  BizName: z.string().min(1).max(20),
  Solution: z.enum(SOLUTIONS),
  GuideStep: z.boolean().optional(),
  PrivacyStep: z.boolean().optional(),
  ResultStep: z.boolean().optional(),
});
const settingAnswer = z.object({
  BizType: text,
  BizName: text,
  Solution: text,
  StepList: z.union([z.array(z.string()), z.string()]).optional(),
});
/** Makes a scene, as the console does. */
export const createVerifySetting: Operation<z.infer<typeof settingRequest>, z.infer<typeof settingAnswer>> = {
  action: 'CreateVerifySetting',
  version: VERSION,
  billed: false,
  request: settingRequest,
  answer: settingAnswer,
};

const attributesRequest = z.strictObject({ BizType: sceneMark.optional(), MaterialValue: pictureAddress });
const face = z.object({
  FaceAttributes: z.object({
    Blur: number.optional(),
    Facequal: number.optional(),
    Facetype: word.optional(),
    Glasses: word.optional(),
    Respirator: word.optional(),
    Integrity: number.optional(),
    Headpose: z.object({ PitchAngle: number, RollAngle: number, YawAngle: number }).optional(),
  }),
  FaceRect: z.object({ Left: number, Top: number, Width: number, Height: number }),
});
const attributesAnswer = dataObject({
  ImgWidth: number,
  ImgHeight: number,
  FaceInfos: z.object({ FaceAttributesDetectInfo: z.array(face).max(100) }).optional(),
});
/** Where faces are in a picture and how good it is; no face is an empty list, not an error. */
export const detectFaceAttributes: Operation<z.infer<typeof attributesRequest>, z.infer<typeof attributesAnswer>> = {
  action: 'DetectFaceAttributes',
  version: VERSION,
  billed: true,
  request: attributesRequest,
  answer: attributesAnswer,
};
