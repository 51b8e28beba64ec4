import { z } from 'zod';
import {
  bucketName,
  certifyId,
  identityNumber,
  mobileNumber,
  objectName,
  orderNumber,
  personName,
  pictureBase64,
  resultObject,
  sceneId,
  word,
  type Operation,
} from './operation.ts';

const VERSION = '2019-03-07';

/** Where pictures and videos can come from; exactly one is given. */
const oneOf =
  (...names: readonly string[]) =>
  (value: Readonly<Record<string, unknown>>) =>
    names.filter((name) => value[name] !== undefined).length === 1;

/** `REAR_CAMERA_LIVENESS` is the vendor's word for a picture from any other camera, such as a counter's. */
export const LIVENESS_MODELS = ['NO_LIVENESS', 'FRONT_CAMERA_LIVENESS', 'REAR_CAMERA_LIVENESS'] as const;
export type LivenessModel = (typeof LIVENESS_MODELS)[number];

const initRequest = z.strictObject({
  SceneId: sceneId,
  OuterOrderNo: orderNumber,
  ProductCode: z.enum(['ID_PRO', 'ID_PLUS', 'FACE', 'PV_FV', 'LR_FR']),
  /** Made by the vendor's client; a desktop has none. */
  MetaInfo: z.string().min(2).max(20_000),
  CertType: z.literal('IDENTITY_CARD').optional(),
  CertName: personName.optional(),
  CertNo: identityNumber.optional(),
  Model: z.enum(['LIVENESS', 'PHOTINUS_LIVENESS', 'MULTI_ACTION']).optional(),
  ReturnUrl: z.url().max(500).optional(),
  CallbackUrl: z
    .url({ protocol: /^https$/ })
    .max(500)
    .optional(),
  CallbackToken: z.string().max(100).optional(),
  UserId: z.string().max(64).optional(),
  Mobile: mobileNumber.optional(),
  FaceContrastPicture: pictureBase64.optional(),
});
export type InitFaceVerifyRequest = z.infer<typeof initRequest>;
const initAnswer = resultObject({ CertifyId: certifyId, CertifyUrl: z.string().max(2_000).optional() });

/** Starts a verification in the vendor's own client or page. */
export const initFaceVerify: Operation<InitFaceVerifyRequest, z.infer<typeof initAnswer>> = {
  action: 'InitFaceVerify',
  version: VERSION,
  billed: false,
  request: initRequest,
  answer: initAnswer,
};

const describeRequest = z.strictObject({
  SceneId: sceneId,
  CertifyId: certifyId,
  PictureReturnType: z.enum(['JPG', 'BASE64']).optional(),
});
const verdictFields = {
  CertifyId: certifyId.optional(),
  Passed: z.string().max(10),
  SubCode: word.optional(),
  /** JSON with scores and where pictures are kept. */
  MaterialInfo: z.string().max(2_000_000).optional(),
};
const describeAnswer = resultObject({ ...verdictFields, IdentityInfo: z.string().max(2_000_000).optional() });
export type FaceVerdictAnswer = z.infer<typeof describeAnswer>;

/** What became of a verification that `InitFaceVerify` started. */
export const describeFaceVerify: Operation<z.infer<typeof describeRequest>, FaceVerdictAnswer> = {
  action: 'DescribeFaceVerify',
  version: VERSION,
  billed: false,
  request: describeRequest,
  answer: describeAnswer,
};

const deleteRequest = z.strictObject({
  CertifyId: certifyId,
  /** `N`: at once. `Y` waits until the result was read, which calls of servers alone never do. */
  DeleteAfterQuery: z.enum(['Y', 'N']),
});
const deleteAnswer = resultObject({ DeleteResult: z.string().max(10), FailReason: z.string().max(100).optional() });

/** Has the vendor forget pictures and details of a verification. */
export const deleteFaceVerifyResult: Operation<z.infer<typeof deleteRequest>, z.infer<typeof deleteAnswer>> = {
  action: 'DeleteFaceVerifyResult',
  version: VERSION,
  billed: false,
  request: deleteRequest,
  answer: deleteAnswer,
};

const pictureFields = {
  FaceContrastPicture: pictureBase64.optional(),
  FaceContrastPictureUrl: z
    .url({ protocol: /^https$/ })
    .max(2_000)
    .optional(),
  OssBucketName: bucketName.optional(),
  OssObjectName: objectName.optional(),
  CertifyId: certifyId.optional(),
};
const PICTURE_SOURCES = ['FaceContrastPicture', 'FaceContrastPictureUrl', 'OssObjectName', 'CertifyId'] as const;
const WHICH_PICTURE = 'exactly one picture';

const contrastRequest = z
  .strictObject({
    SceneId: sceneId,
    OuterOrderNo: orderNumber,
    ProductCode: z.enum(['ID_MIN', 'ID_MIN_VIDEO']),
    CertType: z.literal('IDENTITY_CARD'),
    CertName: personName,
    CertNo: identityNumber,
    Model: z.enum(LIVENESS_MODELS).optional(),
    Crop: z.enum(['T', 'F']).optional(),
    ...pictureFields,
  })
  .refine(oneOf(...PICTURE_SOURCES), WHICH_PICTURE)
  .refine(({ OssBucketName, OssObjectName }) => (OssBucketName === undefined) === (OssObjectName === undefined));
export type ContrastFaceVerifyRequest = z.infer<typeof contrastRequest>;

/** Name, number and a picture or video against the authority's photo: `ID_MIN` and `ID_MIN_VIDEO`. */
export const contrastFaceVerify: Operation<ContrastFaceVerifyRequest, FaceVerdictAnswer> = {
  action: 'ContrastFaceVerify',
  version: VERSION,
  billed: true,
  request: contrastRequest,
  answer: describeAnswer,
};

const livenessRequest = z
  .strictObject({
    SceneId: sceneId,
    OuterOrderNo: orderNumber,
    ProductCode: z.literal('LR_FR_MIN'),
    Model: z.enum(LIVENESS_MODELS).optional(),
    Crop: z.enum(['T', 'F']).optional(),
    ...pictureFields,
  })
  .refine(oneOf(...PICTURE_SOURCES), WHICH_PICTURE);
export type LivenessFaceVerifyRequest = z.infer<typeof livenessRequest>;
const livenessAnswer = resultObject(verdictFields);

/** Whether a picture shows somebody alive: `LR_FR_MIN`. */
export const livenessFaceVerify: Operation<LivenessFaceVerifyRequest, z.infer<typeof livenessAnswer>> = {
  action: 'LivenessFaceVerify',
  version: VERSION,
  billed: true,
  request: livenessRequest,
  answer: livenessAnswer,
};

const compareRequest = z
  .strictObject({
    SceneId: sceneId,
    OuterOrderNo: orderNumber,
    ProductCode: z.literal('PV_FC'),
    Crop: z.enum(['T', 'F']).optional(),
    SourceFaceContrastPicture: pictureBase64.optional(),
    SourceCertifyId: certifyId.optional(),
    TargetFaceContrastPicture: pictureBase64.optional(),
    TargetCertifyId: certifyId.optional(),
  })
  .refine(oneOf('SourceFaceContrastPicture', 'SourceCertifyId'), WHICH_PICTURE)
  .refine(oneOf('TargetFaceContrastPicture', 'TargetCertifyId'), WHICH_PICTURE);
export type CompareFaceVerifyRequest = z.infer<typeof compareRequest>;
const compareAnswer = resultObject({
  CertifyId: certifyId.optional(),
  Passed: z.string().max(10),
  VerifyScore: z.union([z.number(), z.string().max(30)]).optional(),
});

/** Two pictures with each other: `PV_FC`. */
export const compareFaceVerify: Operation<CompareFaceVerifyRequest, z.infer<typeof compareAnswer>> = {
  action: 'CompareFaceVerify',
  version: VERSION,
  billed: true,
  request: compareRequest,
  answer: compareAnswer,
};
