import { describe, expect, it } from 'vitest';
import {
  checkOutcomeSchema,
  type CheckOutcome,
  type CheckRequest,
} from '../../../../src/shared/domain/verification.ts';
import { createTencentVerifier } from '../../../../src/main/verifiers/tencent/tencent-verifier.ts';
import type { TencentSettings } from '../../../../src/main/verifiers/tencent/tencent-services.ts';
import { answering, parametersOf, type Answering } from './answering.ts';
import {
  answerBody,
  CONTEXT,
  errorBody,
  IDENTITY,
  JPEG,
  PASSING,
  picture,
  QUESTION_NAMES,
  QUESTIONS,
  request,
  SETTINGS,
  type Question,
} from './samples.ts';

async function ask(vendor: Answering, question: CheckRequest, settings: TencentSettings = SETTINGS) {
  const answer = await createTencentVerifier(vendor.parts, settings).check(question, CONTEXT);
  if (answer.kind !== 'settled') throw new Error('nothing is pending at this vendor');
  expect(checkOutcomeSchema.parse(answer.outcome)).toEqual(answer.outcome);
  return answer;
}

async function outcome(question: Question, fields: Readonly<Record<string, unknown>>, settings?: TencentSettings) {
  return (await ask(answering(answerBody(fields)), QUESTIONS[question], settings)).outcome;
}

describe('an answer that passes', () => {
  it.each(QUESTION_NAMES)('confirms: %s', async (question) => {
    const vendor = answering(answerBody(PASSING[question]));
    const { outcome } = await ask(vendor, QUESTIONS[question]);
    expect(vendor.sent.map(({ headers }) => headers['X-TC-Action'])).toEqual([question.split(' ')[0]]);
    expect(outcome).toMatchObject({ state: 'passed', retry: 'none', vendor: { billed: true, requestId: 'a-request' } });
  });

  it('is told whole', async () => {
    const { outcome, pictures } = await ask(
      answering(answerBody(PASSING['LivenessRecognition LIP'])),
      QUESTIONS['LivenessRecognition LIP'],
    );
    expect(pictures).toEqual([{ name: 'best-frame', bytes: JPEG }]);
    expect(outcome).toEqual({
      state: 'passed',
      reason: 'ok.confirmed',
      retry: 'none',
      retryAfterMs: null,
      basis: 'authority',
      scores: [{ kind: 'authority', value: 91.5, scale: 100, threshold: 70 }],
      vendor: {
        name: 'tencent',
        operation: 'LivenessRecognition',
        code: 'Success',
        message: '成功',
        requestId: 'a-request',
        billed: true,
      },
    } satisfies CheckOutcome);
  });

  it('gives the fields of a card by our names', async () => {
    const front = await outcome('IDCardOCR', PASSING.IDCardOCR);
    expect(front.fields).toEqual({
      name: IDENTITY.name,
      sex: 'female',
      nation: '汉',
      birthDate: '1990-01-01',
      address: '样本市样本路1号',
      number: IDENTITY.number,
    });
    const bankCard = await outcome('BankCardOCR', PASSING.BankCardOCR);
    expect(bankCard.fields).toEqual({
      number: '6200000000000005',
      expiry: '2033-07',
      issuer: '样本银行(01000000)',
      cardType: '借记卡',
    });
  });

  it('reads both sides of a card by two calls', async () => {
    const back = { Authority: '样本市公安局', ValidDate: '2020.01.31-长期', AdvancedInfo: '{}' };
    const vendor = answering(answerBody(PASSING.IDCardOCR), answerBody(back));
    const question = request('id-card-reading', { cardFront: picture(), cardBack: picture() });
    const { outcome } = await ask(vendor, question);
    expect(vendor.sent.map((sent) => parametersOf(sent)['CardSide'])).toEqual(['FRONT', 'BACK']);
    expect(outcome.state).toBe('passed');
    expect(outcome.fields).toMatchObject({ name: IDENTITY.name, issuer: '样本市公安局', validTo: 'long-term' });
  });

  it('of the front counts for nothing when the back fails', async () => {
    const vendor = answering(answerBody(PASSING.IDCardOCR), errorBody('InternalError'));
    const question = request('id-card-reading', { cardFront: picture(), cardBack: picture() });
    expect((await ask(vendor, question)).outcome).toMatchObject({ state: 'error', retry: 'service' });
  });
});

describe('a score', () => {
  it.each([
    ['1e-3', 39.9, 40],
    ['1e-4', 49.9, 50],
    ['1e-5', 59.9, 60],
  ] as const)(
    'of two pictures at a rate of %s fails below its threshold',
    async (falseAcceptRate, Score, threshold) => {
      const settings = { ...SETTINGS, falseAcceptRate };
      const below = await outcome('CompareFace', { Score, FaceModelVersion: '3.0' }, settings);
      const at = await outcome('CompareFace', { Score: threshold, FaceModelVersion: '3.0' }, settings);
      expect([below.reason, at.reason]).toEqual(['face.low-similarity', 'ok.matched']);
      expect(below.scores).toEqual([{ kind: 'reference', value: Score, scale: 100, threshold }]);
    },
  );

  it('of another version of the model decides nothing', async () => {
    expect(await outcome('CompareFace', { Score: 99, FaceModelVersion: '2.0' })).toMatchObject({
      reason: 'outcome.unknown',
      retry: 'clerk',
    });
  });

  it('of a living face fails below the threshold that is set', async () => {
    const scores = { Score: 39.9, FaceModelVersion: '3.0' };
    expect((await outcome('DetectLiveFaceAccurate', scores)).reason).toBe('liveness.spoof-suspected');
    expect((await outcome('DetectLiveFaceAccurate', scores, { ...SETTINGS, liveFaceThreshold: 10 })).state).toBe(
      'passed',
    );
  });

  it('of the older operation needs the vendor’s yes as well', async () => {
    const settings = { ...SETTINGS, liveFaceOperation: 'DetectLiveFace' } as const;
    const answers = [
      { Score: 87, IsLiveness: true },
      { Score: 99, IsLiveness: false },
      { Score: 86, IsLiveness: true },
    ];
    const states = await Promise.all(
      answers.map(async (fields) => (await outcome('DetectLiveFaceAccurate', fields, settings)).state),
    );
    expect(states).toEqual(['passed', 'failed', 'failed']);
  });

  it.each(['ImageRecognitionV2', 'LivenessRecognition LIP', 'LivenessCompare', 'CheckIdCardInformation'] as const)(
    'under 70, or none, contradicts a success: %s',
    async (question) => {
      for (const Sim of [69.9, 0, null, undefined, 101, -1, '91', Number.NaN]) {
        expect(await outcome(question, { ...PASSING[question], Sim })).toMatchObject({
          reason: 'outcome.unknown',
          retry: 'clerk',
        });
      }
    },
  );
});

describe('a card’s picture', () => {
  it.each(['CheckIdCardInformation', 'IdCardOCRVerification'] as const)(
    'of somebody else fails: %s',
    async (question) => {
      const number = question === 'CheckIdCardInformation' ? 'IdNum' : 'IdCard';
      for (const difference of [{ Name: '别人' }, { [number]: '990000199001010028' }, { Name: null }]) {
        expect((await outcome(question, { ...PASSING[question], ...difference })).reason).toBe('identity.mismatch');
      }
    },
  );

  it.each(['CheckIdCardInformation', 'IdCardOCRVerification'] as const)(
    'with warnings is for a clerk: %s',
    async (question) => {
      const warned = await outcome(question, { ...PASSING[question], Warnings: '-9103|-9102' });
      expect(warned).toMatchObject({ state: 'review', reason: 'document.copy', warnings: ['recapture', 'copy'] });
      expect((await outcome(question, { ...PASSING[question], Warnings: '-7' })).reason).toBe('verifier.unknown-code');
    },
  );

  it('that was stopped by warnings says by which', async () => {
    const stopped = { Result: 'FailedOperation.OcrWarningOccurred', Warnings: '-9106' };
    expect((await outcome('CheckIdCardInformation', stopped)).reason).toBe('document.edited');
    const unnamed = { Result: 'FailedOperation.OcrWarningOccurred', Warnings: '' };
    expect((await outcome('CheckIdCardInformation', unnamed)).reason).toBe('risk.policy');
  });

  it('is read with its warnings, or not at all', async () => {
    const advanced = (text: string | null) => outcome('IDCardOCR', { ...PASSING.IDCardOCR, AdvancedInfo: text });
    expect(await advanced('{"WarnInfos":[-9107]}')).toMatchObject({ reason: 'document.glare', retry: 'capture' });
    for (const text of [null, '', '[]', '{"WarnInfos":"-9107"}', '{']) {
      expect((await advanced(text)).reason).toBe('outcome.unknown');
    }
    expect((await outcome('IDCardOCR', { ...PASSING.IDCardOCR, IdNum: '99' })).reason).toBe('document.unreadable');
    expect((await outcome('BankCardOCR', { ...PASSING.BankCardOCR, WarningCode: [-9110] })).reason).toBe(
      'document.expired',
    );
  });
});

describe('other answers', () => {
  it('tell which part of a phone number’s details differs', async () => {
    const differing = (ResultDetail: string) => outcome('PhoneVerification', { Result: '-4', ResultDetail });
    expect(await differing('PhoneNameMismatch')).toMatchObject({
      reason: 'phone.mismatch',
      detail: 'PhoneNameMismatch',
    });
    expect((await differing('NameIdCardMismatch')).reason).toBe('identity.mismatch');
    expect((await differing('Something')).detail).toBeUndefined();
  });

  it('stop a made-up face at the highest level only', async () => {
    const level = (AttackRiskLevel: string) => outcome('DetectAIFakeFaces', { AttackRiskLevel });
    expect((await level('Mid')).state).toBe('passed');
    expect((await level('High')).reason).toBe('liveness.spoof-suspected');
    expect((await level('Huge')).reason).toBe('verifier.unknown-code');
    const traced = { AttackRiskLevel: 'High', AttackRiskDetailList: [{ Type: 'SuspectedSynthesisImage' }] };
    expect((await outcome('DetectAIFakeFaces', traced)).warnings).toEqual(['SynthesisImage']);
  });

  it('to another order are no answer', async () => {
    expect((await outcome('ImageRecognitionV2', { ...PASSING.ImageRecognitionV2, Extra: '0123456789' })).reason).toBe(
      'outcome.unknown',
    );
  });

  it('are kept without what they repeat of the person', async () => {
    const vendor = answering(
      errorBody('InvalidParameterValue', `${IDENTITY.name} ${IDENTITY.number} 19900000000 is bad`),
    );
    const { outcome } = await ask(vendor, QUESTIONS.PhoneVerification);
    expect(outcome.vendor?.message).toBe('* * * is bad');
  });

  it('wait as long as a limit asks for', async () => {
    const { outcome } = await ask(answering(errorBody('RequestLimitExceeded')), QUESTIONS.IdCardVerification);
    expect(outcome).toMatchObject({ reason: 'verifier.throttled', retry: 'throttle', retryAfterMs: 1_000 });
  });
});
