import { describe, expect, it } from 'vitest';
import { actionSequence, liveCode } from '../../../../src/main/verifiers/tencent/clip-challenges.ts';
import {
  hostedRequestSchema,
  type HostedFlow,
  type HostedRequest,
} from '../../../../src/main/verifiers/tencent/hosted-flow.ts';
import { hostedResult, openHosted } from '../../../../src/main/verifiers/tencent/hosted.ts';
import { answering, parametersOf } from './answering.ts';
import { answerBody, CONTEXT, errorBody, IDENTITY, NOW_MS, ORDER_ID, picture, SETTINGS } from './samples.ts';

const PAGE: HostedRequest = { kind: 'h5', orderId: ORDER_ID, identity: IDENTITY };
const APP: HostedRequest = { kind: 'sdk', orderId: ORDER_ID, identity: IDENTITY };

const pageFlow: HostedFlow = {
  kind: 'h5',
  orderId: ORDER_ID,
  identity: IDENTITY,
  token: 'a-token',
  url: 'https://open.example/?token=a-token',
  clientConfig: null,
  expiresAtMs: NOW_MS + 7_200_000,
  comparesWith: 'authority',
};
const appFlow: HostedFlow = { ...pageFlow, kind: 'sdk', url: null, expiresAtMs: NOW_MS + 600_000 };

const TEXT = {
  ErrCode: 0,
  ErrMsg: '成功',
  IdCard: IDENTITY.number,
  Name: IDENTITY.name,
  LiveStatus: 0,
  Comparestatus: 0,
  Sim: '92.75',
  Extra: ORDER_ID,
};
const APP_RESULT = {
  Result: '0',
  Description: '成功',
  IdCard: IDENTITY.number,
  Name: IDENTITY.name,
  Similarity: 92.75,
  Extra: ORDER_ID,
};

describe('opening a flow at the vendor', () => {
  it('gives the page to open, for two hours', async () => {
    const vendor = answering(answerBody({ BizToken: 'a-token', Url: pageFlow.url }));
    expect(await openHosted(vendor.parts, SETTINGS, PAGE, CONTEXT)).toEqual({ ok: true, value: pageFlow });
    expect(parametersOf(vendor.sent[0])).toEqual({
      RuleId: '1',
      IdCard: IDENTITY.number,
      Name: IDENTITY.name,
      Extra: ORDER_ID,
    });
  });

  it('gives the app’s token, for ten minutes, and stores nothing in a bucket', async () => {
    const vendor = answering(answerBody({ FaceIdToken: 'a-token', ClientConfig: '{}' }));
    const flow = await openHosted(vendor.parts, SETTINGS, { ...APP, reference: picture() }, CONTEXT);
    expect(flow).toEqual({ ok: true, value: { ...appFlow, clientConfig: '{}', comparesWith: 'reference' } });
    expect(Object.keys(parametersOf(vendor.sent[0]))).toEqual([
      'CompareLib',
      'IdCard',
      'Name',
      'ImageBase64',
      'Extra',
      'RuleId',
    ]);
  });

  it.each([
    ['without a page', answerBody({ BizToken: 'a-token' }), 'verifier.malformed', 'service'],
    ['with a page of another kind', answerBody({ BizToken: 'x', Url: 'file:///x' }), 'verifier.malformed', 'service'],
    ['refused', errorBody('InvalidParameterValue.RuleIdNotExist'), 'verifier.misconfigured', 'configuration'],
    ['too often', errorBody('RequestLimitExceeded'), 'verifier.throttled', 'throttle'],
    ['by nobody who answers', '', 'verifier.malformed', 'service'],
  ])('can be tried again, as it is not billed: %s', async (_what, body, reason, retry) => {
    const opened = await openHosted(answering(body).parts, SETTINGS, PAGE, CONTEXT);
    expect(opened).toMatchObject({ ok: false, error: { state: 'error', reason, retry } });
  });

  it('needs the customer’s rule for a page', async () => {
    const settings = { keys: SETTINGS.keys, region: SETTINGS.region };
    const vendor = answering('');
    expect(await openHosted(vendor.parts, settings, PAGE, CONTEXT)).toMatchObject({
      error: { reason: 'verifier.misconfigured', retry: 'configuration' },
    });
    expect(vendor.sent).toHaveLength(0);
  });

  it('takes no address to go back to but the web’s', () => {
    const with_ = (returnUrl: string) => hostedRequestSchema.safeParse({ ...PAGE, returnUrl }).success;
    expect(['https://counter.example/done', 'http://counter.example/', 'javascript:1'].map(with_)).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('the result of a flow', () => {
  const page = (text: unknown, more = {}, flow: HostedFlow = pageFlow) =>
    hostedResult(answering(answerBody({ Text: text, ...more })).parts, SETTINGS, flow, CONTEXT);
  const app = (fields: Readonly<Record<string, unknown>>) =>
    hostedResult(answering(answerBody(fields)).parts, SETTINGS, appFlow, CONTEXT);

  it('passes with a score, for whom it was opened', async () => {
    const passed = {
      kind: 'settled',
      outcome: {
        state: 'passed',
        reason: 'ok.confirmed',
        scores: [{ kind: 'authority', value: 92.75, scale: 100, threshold: 70 }],
      },
    };
    expect(await page(TEXT)).toMatchObject(passed);
    expect(await app(APP_RESULT)).toMatchObject(passed);
  });

  it.each([
    ['somebody else’s name', { Name: '别人' }],
    ['another number', { IdCard: '990000199001010028' }],
    ['another order', { Extra: 'ffffffffffffffffffffffffffffffff' }],
    ['a low score', { Sim: '69.99' }],
    ['no score', { Sim: null }],
    ['a score that is none', { Sim: '1e2' }],
    ['a step that failed', { LiveStatus: 1002 }],
    ['a comparison that failed', { Comparestatus: 2016 }],
  ])('never passes with %s', async (_what, difference) => {
    expect(await page({ ...TEXT, ...difference })).toMatchObject({ outcome: { state: 'error' } });
  });

  it('never passes before a further step is read', async () => {
    expect(await page(TEXT, { IsVerifyIntention: true })).toMatchObject({ outcome: { reason: 'outcome.unknown' } });
  });

  it('is waited for until nobody can finish any more', async () => {
    expect(await page(null)).toEqual({ kind: 'pending', askAgainAfterMs: 3_000 });
    expect(await page({ ...TEXT, ErrCode: null })).toEqual({ kind: 'pending', askAgainAfterMs: 3_000 });
    expect(await app({ ...APP_RESULT, Result: '17' })).toEqual({ kind: 'pending', askAgainAfterMs: 3_000 });
    const late = { ...pageFlow, expiresAtMs: NOW_MS - 600_001 };
    expect(await page(null, {}, late)).toMatchObject({
      outcome: { reason: 'verification.abandoned', retry: 'capture' },
    });
  });

  it('fails with the vendor’s reason', async () => {
    const spoof = { ...TEXT, ErrCode: 1002, LiveStatus: 1002, Sim: '', LivenessInfoTag: ['03', '08', '77'] };
    expect(await page(spoof)).toMatchObject({
      outcome: { reason: 'liveness.spoof-suspected', detail: 'screen or print, person swapped, tag 77' },
    });
    expect(await app({ ...APP_RESULT, Result: '2006' })).toMatchObject({ outcome: { reason: 'identity.mismatch' } });
    expect(await app({ ...APP_RESULT, Result: '4711' })).toMatchObject({
      outcome: { reason: 'verifier.unknown-code' },
    });
  });

  it('of another order fails nobody', async () => {
    const other = { ...TEXT, ErrCode: 2016, Comparestatus: 2016, Extra: 'f'.repeat(32) };
    expect(await page(other)).toMatchObject({ outcome: { state: 'error', reason: 'outcome.unknown' } });
    expect(await page({ ...other, Extra: '' })).toMatchObject({ outcome: { state: 'failed' } });
  });

  it('can be asked for again when the answer is lost', async () => {
    const answer = await hostedResult(answering('<html>').parts, SETTINGS, pageFlow, CONTEXT);
    expect(answer).toMatchObject({ outcome: { state: 'error', retry: 'service' } });
  });

  it('is text alone', async () => {
    const vendor = answering(answerBody({ Text: TEXT }));
    await hostedResult(vendor.parts, SETTINGS, pageFlow, CONTEXT);
    expect(parametersOf(vendor.sent[0])).toEqual({ BizToken: 'a-token', RuleId: '1', InfoType: '1' });
  });
});

describe('challenges for clips', () => {
  it('are four digits, or an order of two actions', async () => {
    expect(await liveCode(answering(answerBody({ LiveCode: '4821' })).parts, SETTINGS, CONTEXT)).toEqual({
      ok: true,
      value: { kind: 'digits', code: '4821' },
    });
    expect(await actionSequence(answering(answerBody({ ActionSequence: '2,1' })).parts, SETTINGS, CONTEXT)).toEqual({
      ok: true,
      value: { kind: 'action', actions: '2,1' },
    });
  });

  it.each(['', '123', '12345', 1234, null])('are nothing else: %j', async (given) => {
    for (const [ask, field] of [
      [liveCode, 'LiveCode'],
      [actionSequence, 'ActionSequence'],
    ] as const) {
      const answer = await ask(answering(answerBody({ [field]: given })).parts, SETTINGS, CONTEXT);
      expect(answer).toMatchObject({ ok: false, error: { reason: 'verifier.malformed', retry: 'service' } });
    }
  });
});
