import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { capabilityMarkdown, refusalMarkdown, refusalOf } from '../../../src/main/verifiers/capability-table.ts';
import { settled, unconfirmed } from '../../../src/main/verifiers/check-outcomes.ts';
import type { Verifier, VendorClientParts } from '../../../src/main/verifiers/contract.ts';
import { createDirectVerifier, everyCapability } from '../../../src/main/verifiers/create-verifier.ts';
import { rotateDeviceKey, type RotatingKeys } from '../../../src/main/verifiers/countersign/key-rotation.ts';
import { createDirectDelivery } from '../../../src/main/verifiers/direct-delivery.ts';
import { createLocalVerifier } from '../../../src/main/verifiers/local/local-verifier.ts';
import { checkMediaLimits, pictureTarget } from '../../../src/main/verifiers/media-limits.ts';
import { CHECKS, type Capability, type CheckAnswer, type Picture } from '../../../src/shared/domain/verification.ts';
import { directVerifierSettingSchema } from '../../../src/shared/domain/direct-verifier.ts';
import type { CheckProgress } from '../../../src/shared/protocol/check-delivery.ts';
import { transientProblem } from '../../../src/shared/protocol/delivery.ts';
import { failure, type FailureCode } from '../../../src/shared/reasons.ts';
import { err, ok } from '../../../src/shared/result.ts';
import { attemptNotes } from '../../support/attempt-notes.ts';
import { checkToDeliver } from '../../support/check-to-deliver.ts';
import { signingKey } from '../../support/signed-answers.ts';

const clock = { wallMs: () => new Date(2026, 2, 2, 23, 30).getTime(), monotonicMs: () => 0 };
const parts: VendorClientParts = {
  send: () => Promise.reject(new Error('nothing is sent here')),
  clock,
  randomBytes: (length) => Buffer.alloc(length, 1),
};
const context = { trace: { traceId: '1'.repeat(32), spanId: '2'.repeat(16) } };

describe('what each verifier serves', () => {
  const verifiers = everyCapability(parts);

  test('is what the documentation says', () => {
    const page = readFileSync(join(import.meta.dirname, '../../../docs/verifiers/README.md'), 'utf8');
    const between = (name: string): string => page.split(`<!-- ${name} -->\n`)[1] ?? '';
    const bare = (table: string): string[] => table.split('\n').map((line) => line.replaceAll(/[\s-]+/g, ' ').trim());
    expect(bare(between('capabilities')).filter(Boolean)).toEqual(bare(capabilityMarkdown(verifiers)).filter(Boolean));
    expect(bare(between('refusals')).filter(Boolean)).toEqual(bare(refusalMarkdown(verifiers)).filter(Boolean));
  });

  test.each(verifiers)('$verifier serves a check or says why not', (capabilities) => {
    for (const check of CHECKS) {
      const isServed = capabilities.checks.some((offered) => offered.check === check);
      expect(refusalOf(capabilities, check) === null).toBe(isServed);
    }
  });
});

describe('a setting', () => {
  const keys = { accessKeyId: 'id', secretAccessKey: 's'.repeat(32) };
  test.each([
    ['tencent', { vendor: 'tencent', region: 'ap-guangzhou' }],
    ['aliyun', { vendor: 'aliyun', scenes: { ID_MIN: 1 } }],
    ['uni', { vendor: 'uni', url: 'https://function.example/frv' }],
  ])('makes %s', (vendor, value) => {
    const setting = directVerifierSettingSchema.parse(value);
    if (setting === null) throw new Error('no setting');
    expect(createDirectVerifier(parts, setting, keys)).toMatchObject({ value: { capabilities: { verifier: vendor } } });
    expect(createDirectVerifier(parts, setting, null)).toMatchObject({ error: { code: 'verifier.misconfigured' } });
  });

  test.each([
    { vendor: 'tencent', region: 'ap-guangzhou', endpoints: { faceid: 'http://elsewhere.example' } },
    { vendor: 'tencent', region: 'ap-guangzhou', keys },
    { vendor: 'aliyun', endpoint: 'https://vendor.example/path' },
    { vendor: 'other' },
  ])('is refused: %j', (value) => {
    expect(directVerifierSettingSchema.safeParse(value).success).toBe(false);
  });
});

const picture = (width: number, height: number, bytes = 100, format: Picture['format'] = 'jpeg'): Picture => ({
  bytes: new Uint8Array(bytes),
  format,
  width,
  height,
});
const limits = {
  formats: ['jpeg'],
  maxBytes: 1_000,
  minShortSide: 480,
  maxLongSide: 1_920,
  uprightOnly: true,
} as const;
const capability: Capability = {
  check: 'face-authority',
  operation: 'Ask',
  materials: ['identity', 'face'],
  basis: 'authority',
  pictures: limits,
  clip: 'aliyun-id-min-video',
  queryable: false,
  billed: true,
  score: null,
};

describe('limits of pictures and clips', () => {
  const clip = {
    bytes: new Uint8Array(10),
    container: 'mp4',
    videoCodec: 'h264',
    audioCodec: null,
    width: 480,
    height: 640,
    durationMs: 3_000,
    challenge: { kind: 'silent' },
  } as const;

  test.each([
    ['png', { face: picture(480, 640, 100, 'png') }, 'face: png, taken is jpeg'],
    ['bytes', { face: picture(480, 640, 1_001) }, 'face: 1001 bytes, at most 1000'],
    ['small', { face: picture(479, 640) }, 'face: 479 pixels on the short side, at least 480'],
    ['large', { face: picture(1_080, 1_921) }, 'face: 1921 pixels on the long side, at most 1920'],
    ['wide', { face: picture(640, 480) }, 'face: 640 × 480, has to be higher than wide'],
    ['long', { clip: { ...clip, durationMs: 5_100 } }, '5.1 s, at most 5'],
    ['short', { clip: { ...clip, durationMs: 900 } }, '0.9 s, at least 2'],
    ['wide clip', { clip: { ...clip, width: 640, height: 480 } }, '640 × 480, has to be higher than wide'],
    ['fits', { face: picture(480, 640), clip, cardFront: picture(800, 500) }, null],
  ])('%s', (_name, materials, fault) => {
    const found = checkMediaLimits(capability, materials);
    expect(found?.detail ?? null).toBe(fault);
    if (found !== null) expect(found.code).toBe('clip' in materials ? 'material.clip-unfit' : 'material.picture-unfit');
  });

  test.each([
    [1280, 720, { width: 540, height: 720, crop: { x: 370, y: 0, width: 540, height: 720 } }],
    [1080, 1920, { width: 1080, height: 1920 }],
    [3000, 4000, { width: 1440, height: 1920 }],
    [360, 480, { width: 480, height: 640 }],
    [200, 300, null],
    [640, 360, null],
  ])('%i × %i becomes %j', (width, height, target) => {
    const made = pictureTarget({ width, height }, limits);
    expect(made.ok ? made.value : null).toEqual(target === null ? null : expect.objectContaining(target));
  });
});

describe('this device as a verifier', () => {
  const materials = { face: picture(480, 640), reference: picture(102, 126) };
  const request = { certifyId: 'c', check: 'face-reference', orderId: 'o', materials } as const;

  test.each([
    ['match', 'passed', 'ok.matched'],
    ['grey', 'review', 'face.grey-band'],
    ['no-match', 'failed', 'face.low-similarity'],
  ] as const)('%s is %s', async (outcome, state, reason) => {
    const compared = ok({ score: 91, threshold: 90, outcome });
    const local = createLocalVerifier({
      compare: () => Promise.resolve(compared),
      far: () => 1e-4,
      reference: 'card-photo',
    });
    const scores = [{ kind: 'card', value: 91, scale: 100, threshold: 90 }];
    expect(await local.check(request, context)).toMatchObject({
      outcome: { state, reason, basis: 'card-photo', scores },
    });
  });

  test.each([
    ['inference.crashed', 'service'],
    ['capture.no-face', 'capture'],
  ] as const)('%s passes nobody', async (code, retry) => {
    const compare = (): Promise<never> => Promise.resolve(err(failure(code)) as never);
    const local = createLocalVerifier({ compare, far: () => 1e-4, reference: 'chip' });
    expect(await local.check(request, context)).toMatchObject({ outcome: { state: 'error', reason: code, retry } });
  });
});

describe('a vendor asked directly', () => {
  const vendorOf = (answer: CheckAnswer): Verifier => ({
    capabilities: { verifier: 'mock', checks: [{ ...capability, pictures: null, clip: null }], refusals: {} },
    check: () => Promise.resolve(answer),
    query: () => Promise.resolve(answer),
    erase: () => Promise.resolve(ok('erased')),
  });
  const deliveryBy = (verifier: Verifier | null) =>
    createDirectDelivery({
      verifier: () => verifier,
      journal: attemptNotes().journal,
      clock,
      randomBytes: parts.randomBytes,
    });
  const deliver = (answer: CheckAnswer | null) => {
    const delivery = deliveryBy(answer === null ? null : vendorOf(answer));
    return delivery.deliver(checkToDeliver(1), () => undefined, new AbortController().signal);
  };
  const answered = (code: FailureCode, retry: Parameters<typeof unconfirmed>[1]['retry']) =>
    settled(unconfirmed(code, { retry }));

  test.each([
    ['decided', answered('identity.mismatch', 'none'), { value: { state: 'decided', decision: null } }],
    [
      'decided, with something to erase',
      { ...answered('identity.mismatch', 'none'), reference: 'certify:1' },
      { value: { state: 'decided', reference: 'certify:1' } },
    ],
    ['unknown', answered('outcome.unknown', 'clerk'), { value: { state: 'unknown' } }],
    ['busy', answered('source.unavailable', 'service'), { error: { scope: 'transient', retryAfterMs: null } }],
    ['tomorrow', answered('quota.daily', 'tomorrow'), { value: { state: 'decided', outcome: { retry: 'tomorrow' } } }],
    ['not paid', answered('verifier.not-paid', 'configuration'), { error: { scope: 'device' } }],
    ['unsupported', answered('verifier.unsupported', 'configuration'), { error: { scope: 'items' } }],
    [
      'pending',
      { kind: 'pending', reference: 'r', askAgainAfterMs: 9 },
      { value: { state: 'submitted', reference: 'r' } },
    ],
    ['not configured', null, { error: { scope: 'device', failure: { code: 'verifier.misconfigured' } } }],
  ] as [string, CheckAnswer | null, object][])('%s', async (_name, answer, expected) => {
    expect(await deliver(answer)).toMatchObject(expected);
  });

  test('leaves a call without an answer to a query where the vendor can be asked, and else to a clerk', async () => {
    const lost = vendorOf(answered('outcome.unknown', 'clerk'));
    const [served] = lost.capabilities.checks;
    const ask = (queryable: boolean) => {
      const checks = served === undefined ? [] : [{ ...served, queryable }];
      const delivery = deliveryBy({ ...lost, capabilities: { ...lost.capabilities, checks } });
      return delivery.deliver(checkToDeliver(1), () => undefined, new AbortController().signal);
    };
    const unreachable = { scope: 'transient', failure: { code: 'verifier.unreachable' } };
    expect(await ask(true)).toMatchObject({ error: unreachable });
    expect(await ask(false)).toMatchObject({ value: { state: 'unknown' } });
  });

  test('says that it asks before it does, so that a crash uses up a clerk’s word', async () => {
    const steps: string[] = [];
    const vendor = vendorOf(answered('identity.mismatch', 'none'));
    const check: Verifier['check'] = (...asked) => (steps.push('called'), vendor.check(...asked));
    const item = { ...checkToDeliver(1, { state: 'sealed', attempts: 1 }), clerk: 'clerk-7' };
    const noted = ({ state }: CheckProgress): void => void steps.push(state);
    await deliveryBy({ ...vendor, check }).deliver(item, noted, new AbortController().signal);
    expect(steps).toEqual(['submitted', 'called']);
  });
});

describe('a new key of this device', () => {
  /** Keys on a disk that outlives the tries; every step is noted. */
  function keysOnDisk() {
    const steps: string[] = [];
    let pending: { publicKeyJwk: ReturnType<typeof signingKey>['jwk']; sign: (text: string) => string } | null = null;
    const keys: RotatingKeys = {
      pending: () => ok(pending),
      begin: () => {
        const made = signingKey('pending');
        pending = { publicKeyJwk: made.jwk, sign: (text) => made.sign(text).signature };
        steps.push('begin');
        return ok(pending);
      },
      promote: (keyId) => (steps.push(`promote ${keyId}`), (pending = null), ok(null)),
      discard: () => (steps.push('discard'), (pending = null), ok(null)),
    };
    return { keys, steps };
  }
  const unreachable = err(transientProblem(failure('verifier.unreachable')));
  const answer = ok({ keyId: 'dev_x:k2', oldKeyUntilMs: 9 });
  const names = { deviceId: 'dev_x', keyId: 'dev_x:k1' };

  test('is kept before the verifier hears of it, and used after it was tried', async () => {
    const { keys, steps } = keysOnDisk();
    const sent: string[] = [];
    let tries = 0;
    const rotate = () =>
      rotateDeviceKey({
        ...names,
        keys,
        client: {
          rotateKey: ({ publicKeyJwk }) => {
            sent.push(publicKeyJwk.x);
            steps.push('ask');
            tries += 1;
            return Promise.resolve(tries === 1 ? unreachable : answer);
          },
        },
        clientWith: () => ({
          probe: () => (steps.push('probe'), Promise.resolve(tries === 2 ? unreachable : ok(null))),
        }),
      });
    expect((await rotate()).ok).toBe(false);
    expect((await rotate()).ok).toBe(false);
    expect(await rotate()).toEqual(answer);
    expect(steps).toEqual(['begin', 'ask', 'ask', 'probe', 'ask', 'probe', 'promote dev_x:k2']);
    expect(new Set(sent).size).toBe(1);
  });

  test('is another one after the verifier refused it', async () => {
    const { keys, steps } = keysOnDisk();
    const refused = err({ ...transientProblem(failure('verifier.refused')), code: 'key_refused' });
    const parts = { ...names, keys, clientWith: () => ({ probe: () => Promise.resolve(ok(null)) }) };
    const done = await rotateDeviceKey({ ...parts, client: { rotateKey: () => Promise.resolve(refused) } });
    expect([done.ok, steps]).toEqual([false, ['begin', 'discard']]);
  });
});
