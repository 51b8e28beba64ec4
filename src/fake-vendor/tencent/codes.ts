/** `FailedOperation.*` of faceid 2018-03-01, without that prefix. */
const FAILED_OPERATIONS = `
  IdNameMisMatch IdFormatError NameFormatError
  CompareLowSimilarity CompareFail LifePhotoDetectFake LivessDetectFake SilentPictureLiveFail SilentThreshold
  ActionCloseEye ActionOpenMouth ActionFirstAction ActionFaceClose ActionFaceFar ActionFaceLeft ActionFaceRight
  ActionLightDark ActionLightStrong ActionNodetectFace LifePhotoDetectNoFaces LifePhotoDetectFaces
  LifePhotoPoorQuality LifePhotoSizeError CoveredFace IncompleteFace PoorImageQuality LipFaceIncomplete LipMoveSmall
  LipVoiceDetect LipVoiceLow LipVoiceRecognize LipVideoQuaility LipSizeError LipVideoInvalid SilentDetectFail
  SilentEyeLiveFail SilentMouthLiveFail SilentFaceDetectFail SilentFaceQualityFail SilentFaceWithMaskFail
  SilentMultiFaceFail SilentTooShort LivessBestFrameError LivessDetectFail ImageBlur ImageDecodeFailed
  ImageSizeTooLarge EmptyImageError VideoDecodeFailed VideoDurationExceeded CompressVideoError
  IdNoExistSystem IdPhotoNoExist IdPhotoPoorQuality OcrWarningOccurred UnregisteredEid
  CompareSystemError CompareLibServiceUnavailable IdPhotoSystemNoanswer LivessSystemError LivessUnknownError
  LipNetFailed DownLoadError DownLoadTimeoutError DbError FileSaveError DetectEngineSystemError UnKnown
  IdentityAuthLimitExceeded RequestLimitExceeded
  DecryptSystemError EncryptSystemError StsUnAuthErrError
`;

export const FAILED_OPERATION_CODES = FAILED_OPERATIONS.trim()
  .split(/\s+/)
  .map((name) => `FailedOperation.${name}`);

/** Errors that every operation can answer, always as `Response.Error`. */
export const ERROR_CODES = [
  'AuthFailure.InvalidAuthorization',
  'AuthFailure.InvalidSecretId',
  'AuthFailure.MFAFailure',
  'AuthFailure.SecretIdNotFound',
  'AuthFailure.SignatureExpire',
  'AuthFailure.SignatureFailure',
  'AuthFailure.TokenFailure',
  'AuthFailure.UnauthorizedOperation',
  'InternalError',
  'InternalError.UnKnown',
  'InvalidAction',
  'InvalidParameter',
  'InvalidParameterValue',
  'InvalidParameterValue.BizTokenExpired',
  'InvalidParameterValue.BizTokenIllegal',
  'InvalidParameterValue.RuleIdDisabled',
  'InvalidParameterValue.RuleIdNotExist',
  'MissingParameter',
  'NoSuchVersion',
  'RequestLimitExceeded',
  'RequestSizeLimitExceeded',
  'UnauthorizedOperation',
  'UnauthorizedOperation.ActivateError',
  'UnauthorizedOperation.Activating',
  'UnauthorizedOperation.Arrears',
  'UnauthorizedOperation.ChargeStatusException',
  'UnauthorizedOperation.NonAuthorize',
  'UnauthorizedOperation.Nonactivated',
  'UnknownParameter',
  'UnsupportedOperation',
] as const;

/** What is billed of the operations that answer with `Success`: the person was compared, whatever came of it. */
export const BILLED_RESULTS = [
  'Success',
  'FailedOperation.IdNameMisMatch',
  'FailedOperation.CompareLowSimilarity',
] as const;

/** `'0'` down to the lowest number, as the operations of identities, phones and bank cards answer. */
export function downTo(lowest: number, without: readonly number[] = []): readonly string[] {
  const codes: string[] = [];
  for (let code = 0; code >= lowest; code -= 1) if (!without.includes(code)) codes.push(String(code));
  return codes;
}

/** `ErrCode` of the hosted pages and of the app kit's result. */
export const HOSTED_CODES = [
  '0',
  '14',
  '15',
  '16',
  '17',
  '1001',
  '1002',
  '1003',
  '1004',
  '1005',
  '1202',
  '2002',
  '2003',
  '2005',
  '2006',
  '2007',
  '2008',
  '2009',
  '2011',
  '2012',
  '2013',
  '2015',
  '2016',
  '2017',
] as const;

/** Warnings of an identity card's picture. */
export const ID_CARD_WARNINGS = [
  '-9100',
  '-9101',
  '-9102',
  '-9103',
  '-9104',
  '-9105',
  '-9106',
  '-9107',
  '-9108',
  '-9109',
  '-9110',
  '-9111',
  '-8001',
] as const;

/** Warnings of a bank card's picture: the same numbers, other meanings. */
export const BANK_CARD_WARNINGS = ['-9110', '-9111', '-9112', '-9113', '-9114'] as const;
