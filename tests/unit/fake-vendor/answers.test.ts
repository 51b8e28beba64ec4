import { describe, expect, it } from 'vitest';
import { createAliyunModel } from '../../../src/fake-vendor/aliyun/model.ts';
import { createTencentModel } from '../../../src/fake-vendor/tencent/model.ts';
import { createUniModel } from '../../../src/fake-vendor/uni/model.ts';
import type { Decision, VendorModel, WholeRequest } from '../../../src/fake-vendor/vendor-model.ts';

const account = { accessKeyId: 'id', secretAccessKey: 'secret' };
const startMs = Date.UTC(2026, 10, 22);
type Fields = Readonly<Record<string, unknown>>;

interface Call {
  readonly operation: string;
  readonly code?: string;
  readonly parameters?: Fields;
  readonly form?: 'field' | 'error';
  readonly atMs?: number;
}

function decide(
  model: VendorModel,
  { operation, code, parameters = {}, form = 'field', atMs = startMs }: Call,
): Decision {
  const request: WholeRequest = { method: 'POST', url: '/bucket/object', headers: {}, body: Buffer.from('{}'), atMs };
  const admission = { operation, parameters, signature: 'accepted', refusal: null };
  return model.decide(admission, { code: code ?? null, form }, request);
}

function answerOf(decision: Decision): Fields {
  const whole = JSON.parse(String(decision.reply.body)) as Fields;
  if (typeof whole['answer'] === 'string') return JSON.parse(whole['answer']) as Fields;
  return (whole['Response'] ?? whole) as Fields;
}

const TICKET = { Biz: 'biz', TicketId: 'ticket', BizType: 'biz', BizId: 'ticket', 'Material.1.MaterialType': 'Name' };
const KINDS = { SourceImageType: 'FacePic', TargetImageType: 'IDPic' };
const PICTURES = {
  ...KINDS,
  FaceContrastPicture: 'AA',
  SourceFaceContrastPicture: 'AA',
  TargetFaceContrastPicture: 'AA',
};

/** What opens a case at each vendor, and the parameters that ask for it. */
const OPENINGS = {
  tencent: (model: VendorModel): Fields => ({
    ...answerOf(decide(model, { operation: 'DetectAuth' })),
    ...answerOf(decide(model, { operation: 'GetFaceIdToken' })),
  }),
  aliyun: (model: VendorModel): Fields => {
    decide(model, { operation: 'PutObject' });
    const { Data } = answerOf(decide(model, { operation: 'GetVerifyToken', parameters: TICKET }));
    const { ResultObject } = answerOf(decide(model, { operation: 'InitFaceVerify' }));
    const { Token } = (Data as { VerifyToken: { Token: string } }).VerifyToken;
    return { ...TICKET, ...PICTURES, ...(ResultObject as Fields), VerifyToken: Token };
  },
  uni: (model: VendorModel): Fields => answerOf(decide(model, { operation: 'getCertifyId' })),
} as const;
const CREATORS = { tencent: createTencentModel, aliyun: createAliyunModel, uni: createUniModel } as const;

describe.each(['tencent', 'aliyun', 'uni'] as const)('%s', (name) => {
  it('answers every code of every operation with that code', () => {
    const { operations } = CREATORS[name](account);
    const wrong: string[] = [];
    let answered = 0;
    for (const operation of operations) {
      for (const code of CREATORS[name](account).codesOf(operation)) {
        const model = CREATORS[name](account);
        const parameters = OPENINGS[name](model);
        const said = decide(model, { operation, code, parameters });
        answered += 1;
        if (said.code !== code) wrong.push(`${operation} ${code}: ${said.code}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(answered).toBeGreaterThan({ tencent: 1500, aliyun: 500, uni: 25 }[name]);
  });

  it('lets all go well without a script', () => {
    const { operations } = CREATORS[name](account);
    const outcomes = operations.map((operation) => {
      const model = CREATORS[name](account);
      const parameters = OPENINGS[name](model);
      return decide(model, { operation, parameters }).code;
    });
    const good = ['Success', 'Low', '0', '1', '101', '200', 'T', 'OK', 'SUCCESS'];
    expect(outcomes.filter((code) => !good.includes(code))).toEqual([]);
  });
});

describe('where Tencent puts a code', () => {
  const low = 'FailedOperation.CompareLowSimilarity';
  it.each([
    ['ImageRecognitionV2', low, 'field', { Result: low, Sim: 31.05 }],
    ['ImageRecognitionV2', low, 'error', { Error: { Code: low } }],
    [
      'ImageRecognitionV2',
      'AuthFailure.SecretIdNotFound',
      'field',
      { Error: { Code: 'AuthFailure.SecretIdNotFound' } },
    ],
    ['ImageRecognitionV2', 'FailedOperation.NeverHeardOf', 'field', { Result: 'FailedOperation.NeverHeardOf' }],
    ['IdCardVerification', '-5', 'field', { Result: '-5' }],
    ['IdCardVerification', '-99', 'field', { Result: '-99' }],
    ['PhoneVerification', '-4', 'field', { Result: '-4', Isp: '移动' }],
    ['CompareFace', '35.5', 'field', { Score: 35.5 }],
    ['CompareFace', 'FailedOperation.ImageBlur', 'field', { Error: { Code: 'FailedOperation.ImageBlur' } }],
    ['DetectAIFakeFaces', 'High', 'field', { AttackRiskLevel: 'High' }],
    ['IDCardOCR', '-9103', 'field', { AdvancedInfo: '{"WarnInfos":[-9103]}' }],
    ['BankCardOCR', '-9111', 'field', { WarningCode: [-9111] }],
    ['CheckIdCardInformation', '-9102', 'field', { Result: 'Success', Warnings: '-9102' }],
    ['GetDetectInfoEnhanced', '1002', 'field', { Text: { ErrCode: 1002, LiveStatus: 1002 } }],
    ['GetFaceIdResult', '2016', 'field', { Result: '2016' }],
  ] as const)('%s %s as %s', (operation, code, form, expected) => {
    const model = createTencentModel(account);
    const answer = answerOf(decide(model, { operation, code, form, parameters: OPENINGS.tencent(model) }));
    expect(answer).toMatchObject(expected);
  });

  it('knows the tokens that it gave, for three days', () => {
    const model = createTencentModel(account);
    const { BizToken } = answerOf(decide(model, { operation: 'DetectAuth' }));
    const ask = (parameters: Fields, atMs: number) =>
      decide(model, { operation: 'GetDetectInfo', parameters, atMs }).code;
    const threeDays = startMs + 3 * 24 * 3600 * 1000;
    expect(ask({ BizToken: 'other' }, startMs)).toBe('InvalidParameterValue.BizTokenIllegal');
    expect(ask({ BizToken }, threeDays)).toBe('0');
    expect(ask({ BizToken }, threeDays + 1)).toBe('InvalidParameterValue.BizTokenExpired');
  });
});

describe('where Aliyun puts a code', () => {
  it.each([
    ['ContrastFaceVerify', '204', 200, { Code: '200', ResultObject: { Passed: 'F', SubCode: '204' } }],
    ['ContrastFaceVerify', '417', 200, { Code: '417' }],
    ['CompareFaceVerify', 'F', 200, { ResultObject: { Passed: 'F', VerifyScore: 12.3 } }],
    ['Id2MetaVerify', '2', 200, { ResultObject: { BizCode: '2' } }],
    ['BankMetaVerify', '203', 200, { ResultObject: { BizCode: '2', SubCode: '203' } }],
    ['BankMetaVerify', '303', 200, { ResultObject: { BizCode: '3', SubCode: '303' } }],
    ['VerifyMaterial', '6', 200, { VerifyStatus: 6 }],
    ['VerifyMaterial', '3102', 400, { Code: '3102' }],
    ['GetStatus', '2', 200, { Success: true, Data: { StatusCode: 2 } }],
    ['SubmitVerification', 'Error.DuplicatedTicketId', 403, { Code: 'Error.DuplicatedTicketId' }],
    ['Id2MetaVerify', 'Throttling.User', 400, { Code: 'Throttling.User' }],
    ['Id2MetaVerify', 'ServiceUnavailable', 503, { Code: 'ServiceUnavailable' }],
    ['GetVerifyToken', '1', 200, { Code: '1', Success: true }],
  ] as const)('%s %s', (operation, code, status, expected) => {
    const decision = decide(createAliyunModel(account), { operation, code, parameters: { ...TICKET, ...PICTURES } });
    expect(decision.reply.status).toBe(status);
    expect(answerOf(decision)).toMatchObject(expected);
  });

  it('remembers what was decided', () => {
    const model = createAliyunModel(account);
    const status = (operation: string) => decide(model, { operation, parameters: TICKET }).code;
    const before = [status('GetStatus'), status('DescribeVerifyResult')];
    decide(model, { operation: 'VerifyMaterial', code: '7', parameters: TICKET });
    const described = status('DescribeVerifyResult');
    const again = decide(model, { operation: 'VerifyMaterial', parameters: TICKET });
    const free = decide(model, { operation: 'VerifyMaterial', code: '7', parameters: TICKET });
    expect({ before, described, again: [again.code, again.billed], free: [free.code, free.billed] }).toEqual({
      before: ['-1', '-1'],
      described: '7',
      again: ['1', true],
      free: ['1', false],
    });
  });

  it('has decided by the next question what was in progress', () => {
    const model = createAliyunModel(account);
    decide(model, { operation: 'SubmitVerification', code: '0', parameters: TICKET });
    const duplicate = decide(model, { operation: 'SubmitVerification', parameters: TICKET }).code;
    const status = decide(model, { operation: 'GetStatus', parameters: TICKET }).code;
    expect([duplicate, status]).toEqual(['Error.DuplicatedTicketId', '1']);
  });

  it('locks a person whose record can’t be used', () => {
    const model = createAliyunModel(account);
    const parameters = { CertNo: '110101199003078814', FaceContrastPicture: 'AA' };
    const open = () => decide(model, { operation: 'InitFaceVerify', parameters }).code;
    const before = open();
    decide(model, { operation: 'ContrastFaceVerify', code: '203', parameters });
    expect([before, open()]).toEqual(['200', '417']);
  });

  it('forgets a case that is deleted', () => {
    const model = createAliyunModel(account);
    const parameters = OPENINGS.aliyun(model);
    const ask = (operation: string) => decide(model, { operation, parameters }).code;
    expect([ask('DescribeFaceVerify'), ask('DeleteFaceVerifyResult'), ask('DescribeFaceVerify')]).toEqual([
      '200',
      '200',
      '406',
    ]);
  });

  it('wants a clip that is one, in a bucket where it is', () => {
    const model = createAliyunModel(account);
    const clip = { ProductCode: 'ID_MIN_VIDEO', OssBucketName: 'bucket', OssObjectName: 'object' };
    const ask = (parameters: Fields) => decide(model, { operation: 'ContrastFaceVerify', parameters }).code;
    const none = [ask({}), ask(clip)];
    decide(model, { operation: 'PutObject' });
    expect([...none, ask(clip), ask({ ...clip, ProductCode: 'ID_MIN' })]).toEqual(['400', '401', '500', '200']);
  });
});

it('lists the tickets that were handed in, by scene, status and day', () => {
  const model = createAliyunModel(account);
  for (const [BizId, code] of Object.entries({ a: '1', b: '7', c: '1' })) {
    decide(model, { operation: 'VerifyMaterial', code, parameters: { BizType: 'biz', BizId } });
  }
  const days = { StartDate: '2026-11-22 00:00:00', EndDate: '2026-11-22 23:59:59' };
  const list = (parameters: Fields) => {
    const { RecordsList, ...page } = answerOf(
      decide(model, { operation: 'DescribeVerifyRecords', parameters: { ...days, ...parameters } }),
    );
    return [(RecordsList as { BizId: string }[]).map(({ BizId }) => BizId).join(''), page['TotalCount']];
  };
  expect(list({ BizType: 'biz' })).toEqual(['abc', 3]);
  expect(list({ BizType: 'other' })).toEqual(['', 0]);
  expect(list({ StatusList: '6,7' })).toEqual(['b', 1]);
  expect(list({ CurrentPage: '2', PageSize: '2' })).toEqual(['c', 3]);
  expect(list({ StartDate: '2026-11-23 00:00:00', EndDate: '2026-11-24 00:00:00' })).toEqual(['', 0]);
});

it('ends at -18 where there are no further digits', () => {
  expect(createTencentModel(account).codesOf('BankCard2EVerification')).not.toContain('-19');
});

describe('what is billed', () => {
  it.each([
    ['tencent', 'ImageRecognitionV2', 'Success', true],
    ['tencent', 'ImageRecognitionV2', 'FailedOperation.IdNameMisMatch', true],
    ['tencent', 'ImageRecognitionV2', 'FailedOperation.IdPhotoNoExist', false],
    ['tencent', 'IdCardVerification', '-1', true],
    ['tencent', 'IdCardVerification', '-5', false],
    ['tencent', 'BankCard2EVerification', '-4', true],
    ['tencent', 'BankCard2EVerification', '-16', false],
    ['tencent', 'BankCardVerification', '-20', true],
    ['tencent', 'BankCardVerification', '-19', false],
    ['tencent', 'BankCard4EVerification', '-17', true],
    ['tencent', 'BankCard4EVerification', '-5', false],
    ['aliyun', 'CompareFaces', '42', true],
    ['aliyun', 'CompareFaces', 'Error.NoFaceDetected', false],
    ['aliyun', 'ContrastFaceVerify', '204', true],
    ['aliyun', 'ContrastFaceVerify', '203', false],
    ['aliyun', 'Id2MetaVerify', '2', true],
    ['aliyun', 'Id2MetaVerify', '3', false],
    ['aliyun', 'DescribeFaceVerify', '200', false],
  ] as const)('%s %s %s: %s', (name, operation, code, billed) => {
    const model = CREATORS[name](account);
    expect(decide(model, { operation, code, parameters: OPENINGS[name](model) }).billed).toBe(billed);
  });
});
