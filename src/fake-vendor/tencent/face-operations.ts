import { GREY_JPEG_BASE64 } from '../synthetic.ts';
import { BILLED_RESULTS, FAILED_OPERATION_CODES } from './codes.ts';
import type { Fields, Parameters, TencentOperation } from './operation.ts';

const FACEID = '2018-03-01';
const IAI = '2020-03-03';
/** Of the older operation, which says yes or no itself. */
const LIVENESS_THRESHOLD = 87;

/** Operations whose `Result` says `Success` or the code of the failure, with the similarity beside it. */
function comparison(
  inputs: Pick<TencentOperation, 'required' | 'optional' | 'oneOf'>,
  more: (parameters: Parameters) => Fields,
): TencentOperation {
  return {
    version: FACEID,
    ...inputs,
    success: 'Success',
    fieldCodes: ['Success', ...FAILED_OPERATION_CODES],
    errorCodes: [],
    billed: BILLED_RESULTS,
    answer: (parameters, code) => ({
      Sim: similarityOf(code),
      Result: code,
      Description: code === 'Success' ? '成功' : code.replace('FailedOperation.', ''),
      ...(code === 'Success' ? more(parameters) : {}),
    }),
  };
}

/** The vendor's threshold is 70; a failure before the comparison has no similarity. */
function similarityOf(code: string): number {
  if (code === 'Success') return 87.42;
  return code === 'FailedOperation.CompareLowSimilarity' ? 31.05 : 0;
}

function bestFrames({ Optional }: Parameters): Fields {
  const wanted = typeof Optional === 'string' ? /"BestFrameNum"\s*:\s*(\d+)/.exec(Optional)?.[1] : undefined;
  const count = wanted === undefined ? 0 : Math.min(10, Number(wanted));
  return { BestFrameBase64: GREY_JPEG_BASE64, BestFrameList: Array.from({ length: count }, () => GREY_JPEG_BASE64) };
}

/** Operations that give something or fail with an error. */
export function plain(
  version: string,
  inputs: Pick<TencentOperation, 'required' | 'optional' | 'oneOf'>,
  billed: boolean,
  answer: TencentOperation['answer'],
): TencentOperation {
  return {
    version,
    ...inputs,
    success: 'Success',
    fieldCodes: ['Success'],
    errorCodes: FAILED_OPERATION_CODES,
    billed: billed ? ['Success'] : [],
    answer,
  };
}

/** Whether a picture shows a living face; a number as the code is the score. */
function liveFace(): TencentOperation {
  const inputs = { required: [], optional: ['Image', 'Url', 'FaceModelVersion'], oneOf: [['Image', 'Url']] };
  return plain(IAI, inputs, true, ({ FaceModelVersion }, code) => {
    const Score = code === 'Success' ? 92 : Number(code);
    return { Score, IsLiveness: Score >= LIVENESS_THRESHOLD, FaceModelVersion: FaceModelVersion ?? '3.0' };
  });
}

const CLIP_INPUTS = ['LivenessType', 'ValidateData', 'Optional', 'VideoBase64', 'VideoUrl', 'Encryption'];

export const FACE_OPERATIONS: Readonly<Record<string, TencentOperation>> = {
  ImageRecognitionV2: comparison(
    { required: ['IdCard', 'Name', 'ImageBase64'], optional: ['Optional', 'Encryption', 'Extra'] },
    ({ Extra }) => ({ Extra: Extra ?? '' }),
  ),
  ImageRecognition: comparison(
    { required: ['IdCard', 'Name', 'ImageBase64'], optional: ['Optional', 'Encryption', 'Extra'] },
    () => ({}),
  ),
  LivenessRecognition: comparison(
    {
      required: ['IdCard', 'Name', 'LivenessType'],
      optional: CLIP_INPUTS,
      oneOf: [['VideoBase64', 'VideoUrl']],
    },
    bestFrames,
  ),
  LivenessCompare: comparison(
    {
      required: ['LivenessType'],
      optional: [...CLIP_INPUTS, 'ImageBase64', 'ImageUrl'],
      oneOf: [
        ['VideoBase64', 'VideoUrl'],
        ['ImageBase64', 'ImageUrl'],
      ],
    },
    bestFrames,
  ),
  GetLiveCode: plain(FACEID, { required: [], optional: [] }, false, () => ({ LiveCode: '4071' })),
  GetActionSequence: plain(FACEID, { required: [], optional: ['ActionType'] }, false, () => ({
    ActionSequence: '2,1',
  })),
  DetectAIFakeFaces: {
    ...plain(
      FACEID,
      { required: [], optional: ['FaceInput', 'FaceInputType', 'Encryption', 'EncryptedBody'] },
      true,
      (_, code) => ({ AttackRiskLevel: code, AttackRiskDetailList: [], ExtraInfo: { RetrievalLivenessExtraInfo: [] } }),
    ),
    success: 'Low',
    fieldCodes: ['Low', 'Mid', 'High'],
    billed: ['Low', 'Mid', 'High'],
  },
  CompareFace: {
    ...plain(
      IAI,
      {
        required: [],
        optional: [
          'ImageA',
          'ImageB',
          'UrlA',
          'UrlB',
          'FaceModelVersion',
          'QualityControl',
          'NeedRotateDetection',
          'FaceMatchingStrategy',
        ],
        oneOf: [
          ['ImageA', 'UrlA'],
          ['ImageB', 'UrlB'],
        ],
      },
      true,
      ({ FaceModelVersion }, code) => ({
        Score: code === 'Success' ? 82.5 : Number(code),
        FaceModelVersion: FaceModelVersion ?? '3.0',
      }),
    ),
  },
  DetectLiveFaceAccurate: liveFace(),
  DetectLiveFace: liveFace(),
};
