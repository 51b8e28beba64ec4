import { TICKET_ERRORS } from './codes.ts';
import { compareFaces } from './compare-faces.ts';
import type { AliyunAnswer, AliyunCall, AliyunOperation } from './operation.ts';
import { httpError } from './token-operations.ts';

/** Operations that give something or fail with an HTTP status. */
function plain(
  required: readonly string[],
  billed: boolean,
  fields: (call: AliyunCall) => Readonly<Record<string, unknown>>,
): AliyunOperation {
  return {
    versions: ['2019-03-07'],
    required,
    codes: ['1', ...TICKET_ERRORS],
    missing: 'InvalidParameter',
    answer: (call): AliyunAnswer => {
      const code = call.scripted ?? '1';
      if (code !== '1') return httpError(code);
      return { code, billed, fields: fields(call) };
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

/** Tickets that somebody handed in, one a row; days are those of UTC. */
function records({ memory, parameters }: AliyunCall): Readonly<Record<string, unknown>> {
  const { BizType, BizId, StatusList = '', StartDate = '', EndDate = '' } = parameters;
  const pageSize = Number(parameters['PageSize'] ?? 10);
  const page = Number(parameters['CurrentPage'] ?? 1);
  const found = memory
    .decided()
    .filter(({ key }) => key.startsWith('ticket|'))
    .map(({ key, code, openedAtMs }) => {
      const [, type = '', id = ''] = key.split('|');
      return { BizType: type, BizId: id, Status: Number(code), FinishTime: openedAtMs };
    })
    .filter((row) => (BizType ?? row.BizType) === row.BizType && (BizId ?? row.BizId) === row.BizId)
    .filter(({ Status }) => StatusList === '' || StatusList.split(',').includes(String(Status)))
    .filter(({ FinishTime }) => isWithin(FinishTime, StartDate, EndDate));
  return {
    CurrentPage: page,
    PageSize: pageSize,
    TotalCount: found.length,
    RecordsList: found.slice((page - 1) * pageSize, page * pageSize),
  };
}

/** By the day, both counted in. */
function isWithin(atMs: number, from: string, to: string): boolean {
  const day = new Date(atMs).toISOString().slice(0, 10);
  return day >= from.slice(0, 10) && day <= to.slice(0, 10);
}

export const OTHER_OPERATIONS: Readonly<Record<string, AliyunOperation>> = {
  CompareFaces: compareFaces,
  DetectFaceAttributes: plain(['MaterialValue'], true, () => ({ Code: '200', Success: true, Data: attributes() })),
  CreateVerifySetting: plain(['BizName', 'BizType', 'Solution'], false, ({ parameters }) => ({
    BizName: parameters['BizName'],
    BizType: parameters['BizType'],
    Solution: parameters['Solution'],
    StepList: 'guide,privacy,result',
  })),
  DescribeSmartStatisticsPageList: plain(['StartDate', 'EndDate'], false, statistics),
  DescribePageFaceVerifyData: plain(['StartDate', 'EndDate'], false, statistics),
  DescribeVerifyRecords: plain(['StartDate', 'EndDate'], false, records),
};
