import { describe, expect, it } from 'vitest';
import { describeVerifyRecords } from '../../../../src/main/verifiers/aliyun/operations/statistics.ts';
import { numberedMaterials, submitVerification } from '../../../../src/main/verifiers/aliyun/operations/verify-2018.ts';
import { lost, outcomeOf, rehearse, reply } from './answering.ts';
import { CERTIFY_ID, CONTEXT, MATERIALS, ORDER_ID, picture } from './samples.ts';

const OF_2018 = { scenes: {}, verification: { api: '2018-09-16', biz: 'scene' } } as const;
const THRESHOLDS = '{"0.0001":"90.07","0.001":"80.01","0.01":"70.02"}';

const compared = (SimilarityScore: unknown, ConfidenceThresholds: unknown = THRESHOLDS) =>
  rehearse(
    () => reply({ Code: '1', Success: true, RequestId: 'R', Data: { SimilarityScore, ConfidenceThresholds } }),
    OF_2018,
  );

describe('comparing two faces in the product of 2018', () => {
  it.each([
    [90.07, 'ok.confirmed'],
    [90.06, 'face.grey-band'],
    [70.02, 'face.grey-band'],
    [70.01, 'face.low-similarity'],
    // A share of one, as an old example has it, can only fail.
    [0.98, 'face.low-similarity'],
  ])('%d is %s', async (score, reason) => {
    const outcome = outcomeOf(await compared(score).ask('face-reference'));
    expect(outcome.reason).toBe(reason);
    expect(outcome.scores).toEqual([{ kind: 'reference', value: score, scale: 100, threshold: 90.07 }]);
  });

  it.each([['{}'], ['{"0.01":"70"}'], ['[]'], ['90'], ['{"0.0001":"nonsense"}'], ['{"0.0001":']])(
    'thresholds %s decide nothing',
    async (thresholds) => {
      const outcome = outcomeOf(await compared(99, thresholds).ask('face-reference'));
      expect(outcome).toMatchObject({ reason: 'verifier.malformed', retry: 'clerk' });
    },
  );

  it('a score beyond its scale decides nothing', async () => {
    expect(outcomeOf(await compared(101).ask('face-reference')).reason).toBe('verifier.malformed');
    expect(outcomeOf(await compared('many').ask('face-reference')).reason).toBe('outcome.unknown');
  });

  it('tells the vendor which picture comes from a chip', async () => {
    const { ask, sent } = compared(95);
    await ask('face-reference', { reference: picture({ width: 102, height: 126 }) });
    await ask('face-reference');
    const kinds = sent.map(({ body }) => new URLSearchParams(String(body)).get('TargetImageType'));
    expect(kinds).toEqual(['IDPic', 'FacePic']);
  });

  it('no face is a question of the picture', async () => {
    const { ask } = rehearse(() => reply({ Code: 'Error.NoFaceDetected', RequestId: 'R' }, 400), OF_2018);
    expect(outcomeOf(await ask('face-reference'))).toMatchObject({ reason: 'capture.no-face', retry: 'capture' });
  });
});

describe('verifying with materials in 2018', () => {
  it('numbers materials from one, and leaves out what there is not', () => {
    expect(numberedMaterials({ Name: 'a', FacePic: 'base64://b' })).toEqual({
      'Material.1.MaterialType': 'Name',
      'Material.1.Value': 'a',
      'Material.2.MaterialType': 'FacePic',
      'Material.2.Value': 'base64://b',
    });
    const eleven = { Biz: 'b', TicketId: 't', 'Material.11.Value': 'x' };
    expect(submitVerification.request.safeParse(eleven).success).toBe(false);
  });

  it('hands in the card where there is one', async () => {
    const { ask, sent } = rehearse(() => reply({ Code: '1', Data: { VerifyStatus: { StatusCode: 1 } } }), OF_2018);
    expect(outcomeOf(await ask('face-authority', { cardFront: picture() })).state).toBe('passed');
    expect(String(sent[0]!.body)).toContain('Material.4.MaterialType=IdCardFrontPic');
  });

  it('tells why it failed, in the vendor’s words', async () => {
    const Data = { StatusCode: 2, AuditConclusions: '身份证照片模糊' };
    const { verifier } = rehearse(() => reply({ Code: '1', Data }), OF_2018);
    const request = {
      certifyId: CERTIFY_ID,
      check: 'face-authority',
      orderId: ORDER_ID,
      materials: MATERIALS,
    } as const;
    const answer = await verifier.query(ORDER_ID, request, CONTEXT);
    expect(outcomeOf(answer)).toMatchObject({ state: 'failed', vendor: { message: '身份证照片模糊' } });
  });

  it('a query that was lost says nothing about the call', async () => {
    const { verifier } = rehearse(() => lost('maybe'), OF_2018);
    const request = {
      certifyId: CERTIFY_ID,
      check: 'face-authority',
      orderId: ORDER_ID,
      materials: MATERIALS,
    } as const;
    const outcome = outcomeOf(await verifier.query(ORDER_ID, request, CONTEXT));
    expect(outcome).toMatchObject({ reason: 'verifier.unreachable', retry: 'service' });
  });

  it('more than eight megabytes are not sent', async () => {
    const large = picture({ bytes: Buffer.concat([picture().bytes, Buffer.alloc(1_999_000, 255)]) });
    const { ask, sent } = rehearse(() => reply({}), OF_2018);
    const outcome = outcomeOf(await ask('face-authority', { face: large, cardFront: large, cardBack: large }));
    expect(outcome).toMatchObject({ reason: 'material.picture-unfit', retry: 'capture' });
    expect(sent).toEqual([]);
  });
});

describe('queries of the financial series', () => {
  const request = { certifyId: CERTIFY_ID, check: 'face-authority', orderId: ORDER_ID, materials: MATERIALS } as const;

  it('there are none by our order id', async () => {
    const { verifier, sent } = rehearse(() => reply({}));
    for (const check of ['face-authority', 'identity', 'bank-card', 'fake-face'] as const) {
      const outcome = outcomeOf(await verifier.query(ORDER_ID, { ...request, check }, CONTEXT));
      expect(outcome).toMatchObject({ reason: 'outcome.unknown', retry: 'clerk' });
    }
    expect(sent).toEqual([]);
  });

  it('there is one by the vendor’s number', async () => {
    const found = { Code: '200', ResultObject: { Passed: 'F', SubCode: '203' } };
    const { verifier, sent } = rehearse(() => reply(found));
    const outcome = outcomeOf(await verifier.query('certify:sha0001', request, CONTEXT));
    expect(outcome).toMatchObject({ state: 'review', reason: 'source.no-photo' });
    expect(sent[0]?.headers['x-acs-action']).toBe('DescribeFaceVerify');
  });
});

describe('records of the older products', () => {
  it('leave out who was verified', () => {
    const record = { BizId: 'b', Status: '1', Material: { IdCardInfo: { Name: 'nobody' } } };
    const answer = { CurrentPage: 1, PageSize: 10, TotalCount: 1, RecordsList: [record] };
    expect(describeVerifyRecords.answer.parse(answer).RecordsList).toEqual([{ BizId: 'b', Status: 1 }]);
  });
});
