import { describe, expect, it } from 'vitest';
import { FALLBACK_METHODS, type FallbackMethod } from '../../../src/shared/domain/scene.ts';
import { presetScheme } from '../../../src/shared/domain/scheme-presets.ts';
import { failure } from '../../../src/shared/reasons.ts';
import { err, ok } from '../../../src/shared/result.ts';
import { settled } from './service-host.ts';
import { kioskFor, outcome, walk, type SchemeKiosk, type WalkChanges } from './walk.ts';

/** A counter where every other way is allowed, and all schemes are known. */
async function counter(changes: WalkChanges = {}, until: 'consent' | 'position' = 'position'): Promise<SchemeKiosk> {
  const host = kioskFor(presetScheme('CounterCard')!, {
    scene: { fallbacks: [...FALLBACK_METHODS] },
    ...changes,
  });
  await walk(host, until);
  return host;
}

const view = (host: SchemeKiosk) => host.service.view();

async function choose(host: SchemeKiosk, method: FallbackMethod): Promise<readonly string[]> {
  host.service.act({ type: 'choose-method', method });
  await settled();
  return walk(host);
}

describe('other ways', () => {
  it('are all offered to whoever asks, and one can go back', async () => {
    const host = await counter();
    host.service.act({ type: 'other-method' });
    expect(view(host)).toMatchObject({
      screen: 'methods',
      methods: [...FALLBACK_METHODS],
      mayGoBack: true,
      camera: null,
    });
    host.service.act({ type: 'keep-going' });
    expect(view(host).screen).toBe('position');
    await walk(host);
    expect(host.committed[0]!.record.verdict.reason).toBe('ok.matched');
  });

  it('are the clerk alone where a scene has no others', async () => {
    const host = await counter({ scene: {} });
    host.service.act({ type: 'other-method' });
    expect(view(host).screen).toBe('other-method');
    expect(host.committed[0]!.record.verdict.reason).toBe('user.other-method');
  });

  it.each([
    ['identity-check', 'identity', []],
    ['phone-check', 'phone', ['element-entry']],
    ['bank-card-check', 'bank-card', ['element-entry']],
    ['bank-card-phone-check', 'bank-card-phone', ['element-entry']],
  ] as const)('%s keeps the card that was read and asks the verifier by it', async (method, check, typed) => {
    const host = await counter();
    host.service.act({ type: 'other-method' });
    const screens = await choose(host, method);
    expect(screens.filter((screen) => screen !== 'deciding')).toEqual([...typed, 'awaiting']);
    const { record, also } = host.committed[0]!;
    expect(record).toMatchObject({
      fallback: { from: 'CounterCard', method },
      scheme: host.committed[0]!.record.scheme,
      liveness: null,
      verdict: { reason: 'verification.pending' },
    });
    expect([also.check?.check, host.questions.length]).toEqual([check, 1]);
    expect(host.questions[0]!.identity).toEqual({ name: '样本人', number: '110000199001010013' });
  });

  it('take another proof of life', async () => {
    const host = await counter();
    host.service.act({ type: 'other-method' });
    host.service.act({ type: 'choose-method', method: 'another-liveness' });
    expect(view(host)).toMatchObject({ screen: 'position', next: 'action' });
  });

  it('lead to the person’s own phone, whose page is closed when they go', async () => {
    const host = await counter();
    host.service.act({ type: 'other-method' });
    host.service.act({ type: 'choose-method', method: 'phone-hand-off' });
    await settled();
    expect(view(host)).toMatchObject({ screen: 'hand-off', url: 'https://v.example/h/1', opened: false, camera: null });
    host.service.act({ type: 'cancel' });
    expect([view(host).screen, host.closed]).toEqual(['attract', ['h1']]);
    expect(host.committed[0]!.record).toMatchObject({ handOff: { handOffId: 'h1', outcome: null } });
  });

  it('do not include a phone where no page can be opened', async () => {
    const host = await counter({ handOffs: { refusal: () => failure('handoff.unavailable') } });
    host.service.act({ type: 'other-method' });
    expect(view(host)).toMatchObject({ methods: FALLBACK_METHODS.filter((each) => each !== 'phone-hand-off') });
  });

  it('take no challenge for nothing: whoever leaves it three times is done', async () => {
    const host = await counter({
      scene: { fallbacks: ['identity-check'], liveness: { mode: 'light', fallback: [], actions: 2 } },
    });
    for (let left = 0; left < 3; left += 1) {
      await walk(host, 'light');
      host.service.act({ type: 'other-method' });
      expect(view(host)).toMatchObject({ screen: 'methods', mayGoBack: left < 2 });
      host.service.act({ type: 'keep-going' });
    }
    expect(view(host).screen).toBe('methods');
    host.service.act({ type: 'choose-clerk' });
    expect(host.committed[0]!.record.attempts?.length).toBe(3);
  });
});

describe('after a result that decided nothing', () => {
  const crashed: WalkChanges = { inference: { judge: async () => err(failure('inference.crashed')) } };

  it('another way can follow, as a certification of its own that names the one before', async () => {
    const host = await counter(crashed);
    await walk(host);
    expect(view(host)).toMatchObject({ screen: 'result', result: { state: 'error', hasOtherWays: true } });
    host.service.act({ type: 'other-method' });
    expect(view(host)).toMatchObject({ screen: 'methods', mayGoBack: true });
    expect(await choose(host, 'identity-check')).toContain('awaiting');
    const [first, second] = host.committed;
    expect(second!.record).toMatchObject({
      follows: first!.record.certifyId,
      fallback: { from: 'CounterCard', method: 'identity-check' },
      consent: { capture: false, transmit: true },
    });
    expect(second!.record.certifyId).not.toBe(first!.record.certifyId);
  });

  it('the clerk is what is left where the scene has no other way', async () => {
    const host = await counter({ ...crashed, scene: {} });
    await walk(host);
    expect(view(host)).not.toHaveProperty('result.hasOtherWays');
    host.service.act({ type: 'other-method' });
    expect([view(host).screen, host.committed.length]).toEqual(['other-method', 1]);
  });
});

describe('a refused face', () => {
  it('is not asked for again: ways without it are offered, and choosing one is the consent to what it sends', async () => {
    const host = await counter({}, 'consent');
    host.service.act({ type: 'refuse-consent' });
    expect(view(host)).toMatchObject({
      screen: 'methods',
      methods: ['identity-check', 'phone-check', 'bank-card-check', 'bank-card-phone-check'],
      mayGoBack: false,
    });
    host.service.act({ type: 'keep-going' });
    expect(view(host).screen).toBe('methods');
    const cameras: unknown[] = [];
    host.service.onView((each) => cameras.push(each.camera));
    await choose(host, 'identity-check');
    expect(host.committed[0]!.record).toMatchObject({
      consent: { capture: false, transmit: true },
      liveness: null,
      devices: { camera: null },
      verdict: { reason: 'verification.pending' },
    });
    expect([host.asked, new Set(cameras)]).toEqual([[], new Set([null])]);
  });

  it('leaves the clerk', async () => {
    const host = await counter({}, 'consent');
    host.service.act({ type: 'refuse-consent' });
    host.service.act({ type: 'choose-clerk' });
    expect(view(host).screen).toBe('other-method');
    expect(host.committed[0]!.record.verdict.reason).toBe('user.refused-consent');
  });
});

describe('elements', () => {
  it.each([
    ['12345', 'phone: 11 digits that begin with 1'],
    ['', 'phone: 11 digits that begin with 1'],
    ['23800000000', 'phone: 11 digits that begin with 1'],
  ])('refuse the phone number %j and lose nothing', async (value, detail) => {
    const host = kioskFor(presetScheme('PhoneCheck')!);
    await walk(host, 'element-entry');
    expect(host.service.act({ type: 'submit-element', value })).toEqual(err(failure('request.invalid', detail)));
    expect(view(host)).toMatchObject({ screen: 'element-entry', asks: 'phone' });
    expect(host.service.act({ type: 'submit-element', value: '+86 138-0000-0000' })).toEqual(ok(null));
    await settled();
    expect(host.questions[0]).toMatchObject({ check: 'phone', phone: '13800000000' });
  });

  it.each([
    ['6222020000000000001', 'bankCard: check-digit'],
    ['622202', 'bankCard: length'],
    ['6222 x', 'bankCard: characters'],
  ])('refuse the card number %j', async (value, detail) => {
    const host = kioskFor(presetScheme('BankCardCheck')!);
    await walk(host, 'element-entry');
    expect(host.service.act({ type: 'submit-element', value })).toEqual(err(failure('request.invalid', detail)));
  });
});

describe('the phone', () => {
  const face = presetScheme('FACE')!;

  it('is looked at in spite of failures, until the page is too old', async () => {
    let looks = 0;
    const host = kioskFor(face, {
      handOffs: {
        look: async () => {
          looks += 1;
          return looks < 3 ? ok({ state: 'opened' }) : err(failure('verifier.unreachable'));
        },
      },
    });
    await walk(host, 'hand-off');
    await host.time.pass(60_000);
    // Somebody who is at their phone is not wiped.
    expect(view(host)).toMatchObject({ screen: 'hand-off', opened: true });
    expect(looks).toBeGreaterThan(30);
    expect(host.committed).toEqual([]);
  });

  it('ends with what its page says, by whose basis it was decided', async () => {
    const host = kioskFor(face, { phone: outcome('ok.confirmed', 'passed') });
    await walk(host);
    expect(host.committed[0]!.record).toMatchObject({
      verdict: { state: 'passed', basis: 'authority', provisional: false },
      devices: { camera: null },
      document: { source: 'given' },
    });
    expect([host.closed, host.questions]).toEqual([[], []]);
  });

  it('is too late after the page has expired', async () => {
    const host = kioskFor(face, {
      handOffs: {
        open: async () =>
          ok({ handOffId: 'h1', page: 'countersign', url: 'https://v.example/h/1', expiresAtMs: 1_700_000_020_000 }),
        look: async () => ok({ state: 'opened' }),
      },
    });
    await walk(host, 'hand-off');
    await host.time.pass(25_000);
    expect(host.committed[0]!.record.verdict.reason).toBe('handoff.expired');
    expect(host.closed).toEqual(['h1']);
  });

  it('that can not be reached begins nothing', () => {
    const host = kioskFor(face, { handOffs: { refusal: () => failure('handoff.unavailable') } });
    expect(host.service.act({ type: 'start' })).toEqual(err(failure('handoff.unavailable')));
  });

  it('gets nothing without consent to sending', async () => {
    let opened = 0;
    const host = kioskFor(face, {
      handOffs: {
        open: async () => {
          opened += 1;
          return err(failure('handoff.unavailable'));
        },
      },
    });
    await walk(host, 'consent');
    host.service.act({ type: 'consent', capture: true, transmit: false });
    expect([host.committed[0]!.record.verdict.reason, opened]).toEqual(['authority.not-asked', 0]);
  });
});
