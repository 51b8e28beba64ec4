import { codeTable, FREE, group } from './code-meaning.ts';

const UNFIT_PICTURES = ['ImageDecodeFailed', 'ImageSizeTooLarge', 'EmptyImageError'] as const;

/** `FailedOperation.` of iai (20200303) that comparing two pictures and telling a living face can end with. */
export const IAI_FAILURES = codeTable(
  group('capture.no-face', 'capture', FREE, ['ImageFacedetectFailed']),
  group('material.picture-unfit', 'capture', FREE, [
    ...UNFIT_PICTURES,
    'FaceQualityNotQualified',
    'FaceSizeTooSmall',
    'ImageResolutionExceed',
    'ImageResolutionTooSmall',
    'ImageSizeExceed',
  ]),
  group('source.unavailable', 'service', FREE, ['RequestTimeout', 'ServerError', 'UnKnowError', 'ImageDownloadError']),
  // Here it is too many calls a second; faceid says the same word of a day.
  group('verifier.throttled', 'throttle', FREE, ['RequestLimitExceeded']),
);

/** `FailedOperation.` of ocr (20181119) that reading identity and bank cards can end with. */
export const OCR_FAILURES = codeTable(
  group('document.wrong-side', 'capture', FREE, ['CardSideError']),
  group('document.several-cards', 'capture', FREE, ['MultiCardError']),
  group('document.too-small', 'capture', FREE, ['IdCardTooSmall']),
  group('document.blurred', 'capture', FREE, ['ImageBlur']),
  group('document.not-a-card', 'capture', FREE, [
    'ImageNoIdCard',
    'ImageNoSpecifiedCard',
    'ImageNoText',
    'NoBankCardError',
  ]),
  group('document.unreadable', 'capture', FREE, [
    'OcrFailed',
    'DetectFailed',
    'IdCardInfoIllegal',
    'IllegalBankCardError',
  ]),
  group('material.picture-unfit', 'capture', FREE, UNFIT_PICTURES),
  group('source.unavailable', 'service', FREE, ['DbError', 'DownLoadError', 'EngineRecognizeTimeout', 'UnKnowError']),
  group('quota.daily', 'tomorrow', FREE, ['CountLimitError']),
  group('verifier.not-paid', 'configuration', FREE, ['ArrearsError', 'UserQuotaError']),
  group('verifier.misconfigured', 'configuration', FREE, ['UnOpenError']),
);
