import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failure } from '../../../../src/shared/reasons.ts';
import { err } from '../../../../src/shared/result.ts';
import { createTencentVerifier } from '../../../../src/main/verifiers/tencent/tencent-verifier.ts';
import type { VendorClientParts } from '../../../../src/main/verifiers/contract.ts';
import { answering, partsWith } from './answering.ts';
import { answerBody, CONTEXT, errorBody, PASSING, QUESTION_NAMES, QUESTIONS, SETTINGS } from './samples.ts';

async function outcome(parts: VendorClientParts, question: keyof typeof QUESTIONS) {
  const answer = await createTencentVerifier(parts, SETTINGS).check(QUESTIONS[question], CONTEXT);
  if (answer.kind !== 'settled') throw new Error('nothing is pending at this vendor');
  return answer.outcome;
}

const passing = answerBody(PASSING.IdCardVerification);
const withoutRequestId = JSON.stringify({ Response: PASSING.IdCardVerification });

describe('what is no answer of the vendor', () => {
  it.each([
    ['a page', { body: '<html><body>Sign in to the network</body></html>' }],
    ['nothing', { body: '' }],
    ['half of an answer', { body: passing.slice(0, -9) }],
    ['broken characters', { body: Buffer.concat([Buffer.from(passing), Buffer.from([0xc3])]) }],
    ['an answer without its request', { body: withoutRequestId }],
    ['a success that is no object', { body: '{"Response":"Success"}' }],
    ['a list', { body: '[{"Response":{"Result":"0","RequestId":"x"}}]' }],
    ['the words bare', { body: JSON.stringify(PASSING.IdCardVerification) }],
    ['a gateway’s 502', { body: passing, status: 502 }],
    ['a 503', { body: passing, status: 503 }],
    ['a 206', { body: passing, status: 206 }],
  ])('leaves the outcome unknown: %s', async (_what, reply) => {
    expect(await outcome(answering(reply).parts, 'IdCardVerification')).toMatchObject({
      state: 'error',
      reason: 'outcome.unknown',
      retry: 'clerk',
      vendor: { billed: null },
    });
  });

  it.each([
    [302, 'verifier.malformed', 'service', null],
    [400, 'verifier.refused', 'configuration', null],
    [403, 'verifier.refused', 'configuration', null],
    [429, 'verifier.throttled', 'throttle', 6_501],
  ] as const)('is refused by its status %i', async (status, reason, retry, retryAfterMs) => {
    const reply = {
      body: passing,
      status,
      headers: { 'retry-after': '6.5001', location: 'https://elsewhere.example/' },
    };
    const vendor = answering(reply);
    expect(await outcome(vendor.parts, 'IdCardVerification')).toMatchObject({ reason, retry, retryAfterMs });
    expect(vendor.sent).toHaveLength(1);
  });

  it('is unknown when it may have arrived, and asked again when it surely did not', async () => {
    const lost = (arrived: 'no' | 'maybe') =>
      partsWith(async () => err({ failure: failure('verifier.unreachable', 'timeout'), arrived }));
    expect(await outcome(lost('maybe'), 'ImageRecognitionV2')).toMatchObject({
      reason: 'outcome.unknown',
      retry: 'clerk',
    });
    expect(await outcome(lost('no'), 'ImageRecognitionV2')).toMatchObject({
      reason: 'verifier.unreachable',
      retry: 'service',
      vendor: { billed: false },
    });
  });
});

describe('an answer of another form', () => {
  it.each(QUESTION_NAMES)('never passes without one of its parts, or with another kind in it: %s', async (question) => {
    const fields = PASSING[question];
    const others = [null, 0, 1, true, '', [], {}, 'Success ', ['Success'], { Result: 'Success' }];
    const needed = ['Result', 'Sim', 'Score', 'FaceModelVersion', 'AttackRiskLevel', 'AdvancedInfo', 'IdNum', 'CardNo'];
    for (const field of needed.filter((name) => name in fields)) {
      for (const other of [undefined, ...others]) {
        const { state } = await outcome(answering(answerBody({ ...fields, [field]: other })).parts, question);
        expect([field, other, state]).not.toEqual([field, other, 'passed']);
      }
    }
  });

  it.each(QUESTION_NAMES)('never passes beside an error: %s', async (question) => {
    const error = { Error: { Code: 'Success', Message: 'Success' } };
    const body = answerBody({ ...PASSING[question], ...error });
    expect((await outcome(answering(body).parts, question)).reason).toBe('verifier.unknown-code');
  });

  it('never passes, whatever it holds', async () => {
    const words = [
      'Result',
      'Sim',
      'Score',
      'Error',
      'RequestId',
      'Response',
      'Success',
      '0',
      'AttackRiskLevel',
      'Mid',
    ];
    const key = fc.oneof(fc.constantFrom(...words), fc.string());
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom('Success', 'success', 'SUCCESS', 'passed', 0, 100, null, true),
        fc.string(),
        fc.double(),
        fc.array(tie('any'), { maxLength: 4 }),
        fc.dictionary(key, tie('any'), { maxKeys: 6 }),
      ),
    })).any;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...QUESTION_NAMES), value, async (question, response) => {
        const body = JSON.stringify({ Response: response });
        expect((await outcome(answering(body).parts, question)).state).not.toBe('passed');
      }),
      { numRuns: 600 },
    );
  });

  it('never fails a person by a code that nobody knows', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1, maxLength: 20 }), async (code) => {
        const { state } = await outcome(answering(errorBody(`FailedOperation.X${code}`)).parts, 'ImageRecognitionV2');
        expect(state).toBe('error');
      }),
      { numRuns: 100 },
    );
  });
});
