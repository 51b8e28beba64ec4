import { BILLED, codeTable, CONFIRMED, FREE, group } from './code-meaning.ts';

/**
 * What faceid says of persons, pictures and clips: `Result` of its operations, and `FailedOperation.` with the same
 * word as an error. Words from the vendor's published error codes (faceid/v20180301, with the spelling as it is); what
 * is billed from cloud.tencent.com/document/product/1007/47911.
 */
export const FACEID_RESULTS = codeTable(
  [['Success', CONFIRMED]],
  group('identity.mismatch', 'none', BILLED, ['IdNameMisMatch']),
  group('identity.invalid', 'none', FREE, ['IdFormatError', 'NameFormatError']),
  group('face.low-similarity', 'none', BILLED, ['CompareLowSimilarity']),
  group('face.low-similarity', 'none', FREE, ['CompareFail']),
  group('liveness.spoof-suspected', 'none', FREE, ['LifePhotoDetectFake', 'LivessDetectFake', 'SilentThreshold']),
  group('liveness.still-picture', 'none', FREE, ['SilentPictureLiveFail']),

  group('capture.action-not-done', 'capture', FREE, [
    'ActionCloseEye',
    'ActionOpenMouth',
    'ActionFirstAction',
    'LipMoveSmall',
  ]),
  group('capture.too-dark', 'capture', FREE, ['ActionLightDark']),
  group('capture.too-bright', 'capture', FREE, ['ActionLightStrong']),
  group('capture.no-face', 'capture', FREE, [
    'ActionNodetectFace',
    'LifePhotoDetectNoFaces',
    'SilentFaceDetectFail',
    'LivessBestFrameError',
  ]),
  group('capture.several-faces', 'capture', FREE, ['LifePhotoDetectFaces', 'SilentMultiFaceFail']),
  group('capture.no-speech', 'capture', FREE, ['LipVoiceDetect', 'LipVoiceLow', 'LipVoiceRecognize']),
  group('material.picture-unfit', 'capture', FREE, [
    'LifePhotoPoorQuality',
    'LifePhotoSizeError',
    'CoveredFace',
    'IncompleteFace',
    'PoorImageQuality',
    'ImageBlur',
    'ImageDecodeFailed',
    'ImageSizeTooLarge',
    'EmptyImageError',
  ]),
  group('material.clip-unfit', 'capture', FREE, [
    'ActionFaceClose',
    'ActionFaceFar',
    'ActionFaceLeft',
    'ActionFaceRight',
    'LipFaceIncomplete',
    'LipVideoQuaility',
    'LipSizeError',
    'LipVideoInvalid',
    'SilentDetectFail',
    'SilentEyeLiveFail',
    'SilentMouthLiveFail',
    'SilentFaceQualityFail',
    'SilentFaceWithMaskFail',
    'SilentTooShort',
    'LivessDetectFail',
    'VideoDecodeFailed',
    'VideoDurationExceeded',
    'CompressVideoError',
  ]),
  group('document.not-a-card', 'capture', FREE, ['ImageNoIdCard']),
  group('document.unreadable', 'capture', FREE, ['OcrFailed']),

  group('identity.not-found', 'none', FREE, ['IdNoExistSystem', 'UnregisteredEid']),
  group('source.no-photo', 'none', FREE, ['IdPhotoNoExist']),
  group('source.photo-unusable', 'none', FREE, ['IdPhotoPoorQuality']),
  group('risk.policy', 'none', FREE, ['OcrWarningOccurred']),

  group('source.unavailable', 'service', FREE, [
    'CompareSystemError',
    'CompareLibServiceUnavailable',
    'IdPhotoSystemNoanswer',
    'LivessSystemError',
    'LivessUnknownError',
    'LipNetFailed',
    'DownLoadError',
    'DownLoadTimeoutError',
    'DbError',
    'FileSaveError',
    'DetectEngineSystemError',
    'UnKnown',
  ]),
  group('quota.daily', 'tomorrow', FREE, ['IdentityAuthLimitExceeded', 'RequestLimitExceeded']),
  group('verifier.misconfigured', 'configuration', FREE, [
    'DecryptSystemError',
    'EncryptSystemError',
    'StsUnAuthErrError',
  ]),
);
