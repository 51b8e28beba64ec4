import { describe, expect, it } from 'vitest';
import { CHECKS, checkOutcomeSchema, type Check } from '../../../../src/shared/domain/verification.ts';
import { CHECKS_SERVED, lost, meta, outcomeOf, PASSES, rehearse, reply, type Reply } from './answering.ts';
import { clip, CONTEXT, MATERIALS, ORDER_ID, PERSON, picture } from './samples.ts';

const passing = (check: Check) => rehearse(() => reply(PASSES[check] ?? {}));

describe('checks by Aliyun', () => {
  it.each(CHECKS_SERVED)('%s passes on the one answer that says so', async (check) => {
    const { ask } = passing(check);
    const answer = await ask(check);
    const outcome = outcomeOf(answer);
    expect(checkOutcomeSchema.safeParse(outcome).error).toBeUndefined();
    expect(outcome).toMatchObject({ state: 'passed', reason: 'ok.confirmed', retry: 'none' });
    expect(outcome.vendor).toMatchObject({ name: 'aliyun', requestId: 'R-1', billed: true });
  });

  it('tells what it serves, and why not the rest', () => {
    const { capabilities } = rehearse(() => lost('no')).verifier;
    expect(capabilities.checks.map(({ check }) => check).toSorted()).toEqual(CHECKS_SERVED.toSorted());
    const refused = Object.keys(capabilities.refusals);
    expect([...refused, ...CHECKS_SERVED].toSorted()).toEqual(CHECKS.toSorted());
    const bare = rehearse(() => lost('no'), { scenes: {} }).verifier.capabilities;
    expect(bare.refusals['face-authority']).toEqual({ code: 'no-scene-nor-older', scene: 'ID_MIN' });
    expect(bare.checks.map(({ check }) => check)).not.toContain('face-live');
  });

  it('refuses a check that it does not serve without sending anything', async () => {
    const { ask, sent } = rehearse(() => reply({}));
    expect(outcomeOf(await ask('id-card-reading'))).toMatchObject({
      reason: 'verifier.unsupported',
      retry: 'configuration',
    });
    expect(sent).toEqual([]);
  });

  it('has the score of a comparison', async () => {
    expect(outcomeOf(await passing('face-authority').ask('face-authority')).scores).toEqual([
      { kind: 'authority', value: 96.1, scale: 100, threshold: null },
    ]);
  });
});

describe('answers that are no verdicts', () => {
  const bad: Readonly<Record<string, Reply>> = {
    'a page': reply('<!doctype html><h1>Sign in</h1>'),
    'a page with an error': reply('<h1>Bad gateway</h1>', 502),
    'half an answer': reply('{"Code":"200","ResultObject":{"Passed":"T","SubCode":"2'),
    nothing: reply(''),
    null: reply('null'),
    'a list': reply('[]'),
    'an empty object': reply('{}'),
    'no result': reply({ Code: '200', RequestId: 'R' }),
    'an empty result': reply(meta({})),
    'other types': reply(meta({ Passed: true, SubCode: true, BizCode: true, Result: true })),
    'success that is none': reply({ ...meta({}), Success: false }),
    'a good answer with an error': reply(PASSES['face-authority'], 500),
    'a lost answer': lost('maybe'),
  };
  const cases = CHECKS_SERVED.flatMap((check) =>
    Object.entries(bad).map(([name, answer]) => ({ check, name, answer })),
  );

  it.each(cases)('$check: $name leaves the outcome unknown', async ({ check, answer }) => {
    const { ask } = rehearse(() => answer);
    const outcome = outcomeOf(await ask(check));
    expect(checkOutcomeSchema.safeParse(outcome).error).toBeUndefined();
    expect(outcome).toMatchObject({ state: 'error', reason: 'outcome.unknown', retry: 'clerk' });
    expect(outcome.vendor?.billed).toBeNull();
  });

  it.each(CHECKS_SERVED)('%s: a code that nobody knows waits for a clerk', async (check) => {
    const unknown = [
      reply(meta({}, '999')),
      reply({ Code: 'New.Code', Message: '', RequestId: 'R' }, 400),
      reply(meta({ Passed: 'F', SubCode: '999', BizCode: '9', Result: '9' })),
    ];
    for (const answer of unknown) {
      const outcome = outcomeOf(await rehearse(() => answer).ask(check));
      expect(outcome.retry).toBe(check === 'face-reference' && outcome.state === 'failed' ? 'none' : 'clerk');
      expect(['verifier.unknown-code', 'face.low-similarity']).toContain(outcome.reason);
    }
  });

  it('a connection that was never made can be tried again', async () => {
    const outcome = outcomeOf(await rehearse(() => lost('no')).ask('identity'));
    expect(outcome).toMatchObject({ reason: 'verifier.unreachable', retry: 'service', vendor: { billed: false } });
  });

  it.each([
    { check: 'face-authority', result: { Passed: 'T', SubCode: '204' } },
    { check: 'face-authority', result: { Passed: 'T' } },
    { check: 'face-authority', result: { Passed: 'F', SubCode: '200' } },
    { check: 'face-authority', result: { Passed: 'true', SubCode: '200' } },
    { check: 'face-authority', result: { Passed: 'T', SubCode: '200', MaterialInfo: '{"faceAttack":' } },
    { check: 'face-reference', result: { Passed: 'Y' } },
    { check: 'bank-card', result: { BizCode: '1' } },
    { check: 'bank-card', result: { BizCode: '1', SubCode: '201' } },
    { check: 'bank-card', result: { BizCode: '2', SubCode: '101' } },
    { check: 'identity', result: { BizCode: '1', SubCode: '201' } },
  ] as const)('contradictions pass nobody: $check $result', async ({ check, result }) => {
    const outcome = outcomeOf(await rehearse(() => reply(meta(result))).ask(check));
    expect(outcome).toMatchObject({ reason: 'verifier.malformed', retry: 'clerk' });
  });

  it('an attack is seen even where the vendor passes it', async () => {
    const result = { Passed: 'T', SubCode: '200', MaterialInfo: '{"faceAttack":"T"}' };
    const outcome = outcomeOf(await rehearse(() => reply(meta(result))).ask('face-live'));
    expect(outcome.reason).toBe('liveness.spoof-suspected');
  });

  it('waits as long as it is told', async () => {
    const answer = reply({ Code: 'Throttling.User', Message: '', RequestId: 'R' }, 400, {
      'x-acs-retry-after': '1500',
    });
    const outcome = outcomeOf(await rehearse(() => answer).ask('phone'));
    expect(outcome).toMatchObject({ reason: 'verifier.throttled', retry: 'throttle', retryAfterMs: 1_500 });
    const other = reply({ Code: 'Throttling', RequestId: 'R' }, 503, { 'retry-after': '999999' });
    expect(outcomeOf(await rehearse(() => other).ask('phone')).retryAfterMs).toBe(3_600_000);
  });

  it('what is worked on but has no query is unknown', async () => {
    for (const code of ['403', '424']) {
      const outcome = outcomeOf(await rehearse(() => reply(meta({}, code))).ask('face-authority'));
      expect(outcome).toMatchObject({ reason: 'outcome.unknown', retry: 'clerk' });
    }
  });
});

describe('limits before a call that may be billed', () => {
  const unfit = {
    'a PNG': { face: picture({ format: 'png' }) },
    'a PNG called JPEG': { face: picture({ bytes: Buffer.from('89504e47', 'hex') }) },
    'a wide picture': { face: picture({ width: 640, height: 480 }) },
    'a square': { face: picture({ width: 640, height: 640 }) },
    'a small one': { face: picture({ width: 300, height: 400 }) },
    'a short one': { face: picture({ width: 480, height: 600 }) },
    'a large one': { face: picture({ width: 1100, height: 1900 }) },
    'a tall one': { face: picture({ width: 1080, height: 1921 }) },
    'a heavy one': { face: picture({ bytes: Buffer.concat([picture().bytes, Buffer.alloc(600_000)]) }) },
  };
  it.each(Object.entries(unfit))('%s is refused', async (_, change) => {
    const { ask, sent } = rehearse(() => reply({}));
    for (const check of ['face-authority', 'face-live', 'face-reference', 'fake-face'] as const) {
      expect(outcomeOf(await ask(check, change))).toMatchObject({ reason: 'material.picture-unfit', retry: 'capture' });
    }
    expect(sent).toEqual([]);
  });

  it.each([
    clip({ durationMs: 5_001 }),
    clip({ durationMs: 1_999 }),
    clip({ width: 640, height: 480 }),
    clip({ width: 300, height: 480 }),
    clip({ width: 1080, height: 1921 }),
    clip({ bytes: Buffer.alloc(10_000_001) }),
  ])('a clip that does not fit is refused: %#', async (unfitClip) => {
    const { ask, sent } = rehearse(() => reply({}));
    const outcome = outcomeOf(await ask('video-authority', { clip: unfitClip }));
    expect(outcome).toMatchObject({ reason: 'material.clip-unfit', retry: 'capture' });
    expect(sent).toEqual([]);
  });

  it('what is missing is said', async () => {
    const { verifier, sent } = rehearse(() => reply({}));
    for (const check of CHECKS_SERVED) {
      const request = { certifyId: 'c', check, orderId: ORDER_ID, materials: {} };
      expect(outcomeOf(await verifier.check(request, CONTEXT))).toMatchObject({ reason: 'material.missing' });
    }
    expect(sent).toEqual([]);
  });
});

describe('what is told about a person', () => {
  it.each(CHECKS_SERVED)('%s: goes into the body only, and never into what is kept', async (check) => {
    const told = [PERSON.name, PERSON.number, MATERIALS.phone!, MATERIALS.bankCard!];
    const message = `refused: ${told.join(' ')}`;
    const { ask, sent } = rehearse(() => reply({ Code: '401', Message: message, RequestId: 'R' }));
    const kept = JSON.stringify(await ask(check));
    const heads = JSON.stringify(sent.map(({ url, headers }) => ({ url, headers })));
    for (const word of told) {
      expect(heads).not.toContain(word);
      expect(heads).not.toContain(encodeURIComponent(word));
    }
    const sentOut = sent.map(({ body }) => String(body)).join('');
    for (const word of told.filter((value) => sentOut.includes(encodeURIComponent(value)))) {
      expect(kept).not.toContain(word);
    }
    expect(sent.every(({ url }) => new URL(url).search === '')).toBe(true);
  });
});
