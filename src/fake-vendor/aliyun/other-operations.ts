import { TICKET_ERRORS } from './codes.ts';
import type { AliyunAnswer, AliyunCall, AliyunOperation } from './operation.ts';
import { httpError } from './token-operations.ts';

/** Operations that give something or fail with an HTTP status. */
function plain(
  required: readonly string[],
  billed: boolean,
  fields: (call: AliyunCall, code: string) => Readonly<Record<string, unknown>>,
): AliyunOperation {
  return {
    version: '2019-03-07',
    required,
    codes: ['1', ...TICKET_ERRORS],
    missing: 'InvalidParameter',
    answer: (call): AliyunAnswer => {
      const code = call.scripted ?? '1';
      // A number is a similarity.
      if (!/^\d+(\.\d+)?$/.test(code)) return httpError(code);
      return { code, billed, fields: fields(call, code) };
    },
  };
}

function attributes(): Readonly<Record<string, unknown>> {
  const FaceAttributes = {
    Blur: 1.2,
    Facequal: 97.4,
    Facetype: 'None',
    Glasses: 'None',
    Headpose: { PitchAngle: 2.1, RollAngle: -0.4, YawAngle: 1.7 },
    Integrity: 100,
    Respirator: 'None',
    Smiling: { Threshold: 50, Value: 3.2 },
  };
  const FaceRect = { Top: 120, Left: 90, Width: 300, Height: 320 };
  return { FaceInfos: { FaceAttributesDetectInfo: [{ FaceAttributes, FaceRect }] }, ImgWidth: 480, ImgHeight: 640 };
}

function statistics({ memory, parameters, request }: AliyunCall): Readonly<Record<string, unknown>> {
  const { total, passed } = memory.counts('200');
  const Date_ = new Date(request.atMs).toISOString().slice(0, 10);
  const row = {
    Date: Date_,
    SceneId: Number(parameters['SceneId'] ?? 0),
    SceneName: 'scene',
    ProductCode: parameters['ProductCode'] ?? 'ID_MIN',
    TotalCount: total,
    SuccessCount: passed,
    PassRate: total === 0 ? '0' : (passed / total).toFixed(4),
  };
  return { Code: '200', Message: 'success', CurrentPage: 1, PageSize: 20, TotalCount: 1, TotalPage: 1, Items: [row] };
}

export const OTHER_OPERATIONS: Readonly<Record<string, AliyunOperation>> = {
  CompareFaces: plain(
    ['SourceImageType', 'SourceImageValue', 'TargetImageType', 'TargetImageValue'],
    true,
    (_, code) => ({
      Code: '200',
      Success: true,
      Data: {
        SimilarityScore: code === '1' ? 92.4 : Number(code),
        ConfidenceThresholds: JSON.stringify({ '0.001%': 95, '0.01%': 90, '0.1%': 80, '1%': 60 }),
      },
    }),
  ),
  DetectFaceAttributes: plain(['MaterialValue'], true, () => ({ Code: '200', Success: true, Data: attributes() })),
  CreateVerifySetting: plain(['BizName', 'BizType', 'Solution'], false, ({ parameters }) => ({
    BizName: parameters['BizName'],
    BizType: parameters['BizType'],
    Solution: parameters['Solution'],
    StepList: 'guide,privacy,result',
  })),
  DescribeSmartStatisticsPageList: plain(['StartDate', 'EndDate'], false, statistics),
  DescribePageFaceVerifyData: plain(['StartDate', 'EndDate'], false, statistics),
};
