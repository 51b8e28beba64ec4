import { describe, expect, it } from 'vitest';
import { certificationRecordSchema } from '../../../src/shared/domain/certification.ts';
import { DEFAULT_SCENE, type Scene } from '../../../src/shared/domain/scene.ts';
import { presetScheme } from '../../../src/shared/domain/scheme-presets.ts';
import type { Scheme } from '../../../src/shared/domain/scheme.ts';
import { failure } from '../../../src/shared/reasons.ts';
import { err, ok } from '../../../src/shared/result.ts';
import { liveness, sampleAttempt } from './samples.ts';
import { settled } from './service-host.ts';
import { kioskFor, outcome, PERSON, personsCard, walk, type SchemeKiosk, type WalkChanges } from './walk.ts';

const scheme = (id: string): Scheme => presetScheme(id)!;
const NAMED = { name: PERSON.name, number: PERSON.number };

async function ended(id: string, changes: WalkChanges = {}): Promise<SchemeKiosk> {
  const host = kioskFor(scheme(id), changes);
  await walk(host);
  return host;
}

const verdictOf = (host: SchemeKiosk) => host.committed[0]?.record.verdict.reason;
const screenOf = (host: SchemeKiosk) => host.service.view().screen;

describe('somebody whom a caller has named', () => {
  it('is nobody else: another card fails, and its holder stays in the record', async () => {
    const host = await ended('CounterCard', { inputs: { ...NAMED, name: '别人' } });
    expect(host.committed[0]!.record).toMatchObject({
      verdict: { state: 'failed', reason: 'identity.not-the-named' },
      subject: { nameMasked: '样*人' },
      order: { orderId: 'order-1' },
      liveness: null,
    });
    expect(host.questions).toEqual([]);
  });

  it('passes with the right card, however the name is written', async () => {
    const host = await ended('CounterCard', { inputs: { ...NAMED, name: ' 样本 人' } });
    expect(verdictOf(host)).toBe('ok.matched');
  });

  it('is needed where the scheme asks for it, and the input is named', () => {
    const host = kioskFor(scheme('RPBioOnly'), { inputs: {} });
    expect(host.service.act({ type: 'start' })).toEqual(err(failure('request.input-missing', 'name')));
    const half = kioskFor(scheme('RPBioOnly'), { inputs: { name: PERSON.name } });
    expect(half.service.act({ type: 'start' })).toEqual(err(failure('request.input-missing', 'number')));
    expect(screenOf(half)).toBe('attract');
  });

  it('is expected on the first screen, and a request that was used begins nothing', () => {
    const host = kioskFor(scheme('RPBioOnly'), { requests: { begin: () => err(failure('request.used')) } });
    expect(host.service.view()).toMatchObject({
      screen: 'attract',
      expected: { orderId: 'order-1', nameMasked: '样*人' },
    });
    expect(host.service.act({ type: 'start' })).toEqual(err(failure('request.used')));
    const unnamed = kioskFor(scheme('FVBioOnly')).service.view();
    expect(unnamed).toMatchObject({ screen: 'attract', expected: { orderId: 'order-1', nameMasked: null } });
  });
});

describe('rules about risk', () => {
  const finding = { rule: 'hours', kind: 'hours', effect: 'block', measured: null, limit: null } as const;

  it('keep anybody from beginning, and commit nothing', () => {
    const blocked = ok({ effect: { kind: 'block' as const }, findings: [finding] });
    const host = kioskFor(scheme('CounterCard'), { risk: { atStart: () => blocked } });
    expect(host.service.act({ type: 'start' })).toEqual(err(failure('risk.blocked', 'hours')));
    expect([screenOf(host), host.committed]).toEqual(['attract', []]);
  });

  it.each([
    ['block', { effect: { kind: 'block' as const }, findings: [finding] }, 'risk.blocked'],
    ['review', { effect: { kind: 'review' as const }, findings: [finding] }, 'risk.review'],
    [
      'step-up to what there is not',
      { effect: { kind: 'step-up' as const, scheme: 'none' }, findings: [finding] },
      'risk.review',
    ],
  ])('%s, once it is known who it is', async (_name, ruling, reason) => {
    const host = await ended('CounterCard', { risk: { atIdentity: () => ok(ruling) } });
    expect(host.committed[0]!.record).toMatchObject({ verdict: { reason }, risk: [finding] });
  });

  it('end it where they can not be asked, and never let anybody pass instead', async () => {
    const host = await ended('CounterCard', { risk: { atIdentity: () => err(failure('store.unavailable')) } });
    expect(verdictOf(host)).toBe('store.unavailable');
    const counted = await ended('CounterCard', { risk: { atFace: async () => err(failure('store.unavailable')) } });
    expect(verdictOf(counted)).toBe('store.unavailable');
  });

  it('ask for a stronger scheme, which is then carried out', async () => {
    const both = (id: string) => (id === 'CounterCard' ? scheme('CounterCard') : presetScheme(id));
    const ruling = ok({ effect: { kind: 'step-up' as const, scheme: 'FaceInMedium' }, findings: [finding] });
    const host = kioskFor(scheme('CounterCard'), {
      risk: { atStart: () => ruling },
      configuration: { findScheme: both },
    });
    await walk(host, 'position');
    expect(host.service.view()).toMatchObject({ screen: 'position', next: 'action' });
  });

  it('never soften what was refuted', async () => {
    const summary = liveness('spoof', ['liveness.code-mismatch']);
    const host = await ended('CounterCard', {
      risk: { atIdentity: () => ok({ effect: { kind: 'review' as const }, findings: [finding] }) },
      inference: { judge: async () => ok({ liveness: summary, attempt: sampleAttempt(summary) }) },
    });
    expect(verdictOf(host)).toBe('liveness.code-mismatch');
  });
});

describe('without a network', () => {
  it('forbid begins nothing', () => {
    const host = kioskFor(scheme('CounterCard'), { online: false, scene: { offlinePolicy: 'forbid' } });
    expect(host.service.act({ type: 'start' })).toMatchObject({ ok: false, error: { code: 'verifier.unreachable' } });
  });

  it.each(['CounterCard', 'RPManual', 'PhoneCheck', 'FVBioOnly'])(
    'capture_only takes everything of %s and decides nothing',
    async (id) => {
      let comparisons = 0;
      const host = await ended(id, {
        online: false,
        scene: { offlinePolicy: 'capture_only' },
        inference: {
          compare: async () => {
            comparisons += 1;
            return ok({ similarity: 0.1, score: 1, far: 1e-4, kind: 'live-chip', outcome: 'no-match' });
          },
        },
      });
      expect([verdictOf(host), comparisons]).toEqual(['verification.captured', 0]);
      expect(host.committed[0]!.also.check?.check).toBe(scheme(id).check ?? undefined);
      expect(screenOf(host)).toBe('result');
    },
  );

  it('local_decide decides what the device can, and leaves the rest to be asked later', async () => {
    expect(verdictOf(await ended('CounterCard', { online: false }))).toBe('ok.matched');
    const left = await ended('RPManual', { online: false });
    expect([verdictOf(left), left.committed[0]!.also.check?.check]).toEqual([
      'verification.captured',
      'face-authority',
    ]);
    left.service.decided(left.committed[0]!.record.certifyId, outcome('ok.confirmed', 'passed'));
    expect(left.service.view()).toMatchObject({ screen: 'result', result: { state: 'passed', provisional: false } });
  });
});

describe('the verifier’s word', () => {
  it('is waited for, and what comes later still changes what is shown', async () => {
    const host = await ended('RPManual');
    await host.time.pass(20_000);
    const { certifyId } = host.committed[0]!.record;
    host.service.decided(certifyId, outcome('identity.mismatch', 'failed'));
    expect(host.service.view()).toMatchObject({ result: { state: 'failed', reason: 'identity.mismatch' } });
    // Nothing that comes after a refusal turns it into a pass.
    host.service.decided(certifyId, outcome('ok.confirmed', 'passed'));
    expect(host.service.view()).toMatchObject({ result: { state: 'failed' } });
    expect(host.committed.length).toBe(1);
  });

  it('is no pass under another name', async () => {
    const host = await ended('RPManual');
    const { certifyId } = host.committed[0]!.record;
    host.service.decided(certifyId, { state: 'passed', reason: 'handoff.expired' });
    host.service.decided(certifyId, { state: 'passed', reason: 'ok.live' });
    expect(screenOf(host)).toBe('awaiting');
  });

  it('is asked for the pictures of the card where the authority had no photo', async () => {
    const host = await ended('RPBioOnlyPro');
    const first = host.committed[0]!.record;
    host.service.decided(first.certifyId, outcome('source.no-photo', 'review'));
    expect(host.service.view()).toMatchObject({ result: { mayUseCard: true, mayRetry: false } });
    host.service.act({ type: 'continue-with-card' });
    const screens = await walk(host);
    expect(screens).toContain('document-capture');
    const second = host.committed[1]!;
    expect(second.record).toMatchObject({
      follows: first.certifyId,
      scheme: 'RPBioOnlyPro',
      order: { orderId: 'order-1' },
      document: { source: 'photographed', portraitSource: 'printed' },
      comparison: { outcome: 'match' },
      verdict: { reason: 'verification.pending' },
    });
    host.service.decided(second.record.certifyId, outcome('source.no-photo', 'review'));
    expect(host.service.view()).not.toHaveProperty('result.mayUseCard');
  });
});

describe('settings that change while a certification runs', () => {
  it('are those of the next one', async () => {
    const before: Scene = { ...DEFAULT_SCENE, scheme: 'CounterCard', far: 1e-4, name: 'before' };
    const after: Scene = { ...before, scheme: 'FDBioOnly', far: 1e-2, name: 'after' };
    let now = before;
    const fars: number[] = [];
    const host = kioskFor(scheme('CounterCard'), {
      sceneNow: () => now,
      configuration: { findScheme: presetScheme },
      inference: {
        compare: async (_id, _portrait, far) => {
          fars.push(far);
          return ok({ similarity: 0.6, score: 92, far, kind: 'live-chip', outcome: 'match' });
        },
      },
    });
    await walk(host, 'position');
    now = after;
    host.service.refresh();
    expect(host.service.view().sceneName).toBe('before');
    await walk(host);
    host.service.act({ type: 'done' });
    expect(host.service.view().sceneName).toBe('after');
    await walk(host);
    expect(host.committed.map(({ record }) => [record.scheme, record.verdict.reason])).toEqual([
      ['CounterCard', 'ok.matched'],
      ['FDBioOnly', 'ok.live'],
    ]);
    expect(fars).toEqual([1e-4]);
  });

  it('begin nothing for a caller who asked for another scheme', () => {
    const host = kioskFor(scheme('RPBioOnly'), { configuration: { findScheme: () => scheme('RPManual') } });
    expect(host.service.act({ type: 'start' })).toMatchObject({ ok: false, error: { code: 'scene.changed' } });
  });
});

describe('a clock that passes midnight, or is set back', () => {
  it('judges a card by the day on which it is read, and the record by times in order', async () => {
    let day = '2040-01-01';
    let wallMs = 2_000_000;
    const host = kioskFor(scheme('CounterCard'), { today: () => day, wallMs: () => wallMs });
    await walk(host, 'consent');
    day = '2040-01-02';
    wallMs = 1_000_000;
    await walk(host);
    const { startedAtMs, decidedAtMs, verdict } = host.committed[0]!.record;
    expect(verdict.reason).toBe('document.expired');
    expect([startedAtMs, decidedAtMs]).toEqual([2_000_000, 2_000_000]);
  });

  it('asks nobody again who was judged before it', async () => {
    let day = '2040-01-01';
    const host = kioskFor(scheme('CounterCard'), { today: () => day });
    await walk(host, 'position');
    day = '2040-01-02';
    await walk(host);
    expect(verdictOf(host)).toBe('ok.matched');
  });
});

describe('limits of a visit', () => {
  const failing: WalkChanges = {
    inference: {
      compare: async () => ok({ similarity: 0.1, score: 1, far: 1e-4, kind: 'live-chip', outcome: 'no-match' }),
    },
  };

  it('end self-service after as many tries as the scene allows, with somebody to go to', async () => {
    const host = kioskFor(scheme('CounterCard'), {
      ...failing,
      scene: { attempts: { perVisit: 2, perPersonDay: null } },
    });
    await walk(host);
    expect(host.service.view()).toMatchObject({ result: { mayRetry: true } });
    host.service.act({ type: 'retry' });
    await walk(host);
    expect(host.service.view()).toMatchObject({ result: { state: 'failed', mayRetry: false, next: 'call-staff' } });
    expect(host.service.act({ type: 'retry' })).toEqual(err(failure('attempts.locked')));
    host.service.act({ type: 'other-method' });
    expect(screenOf(host)).toBe('other-method');
    expect(host.committed.length).toBe(2);
  });

  it.each(['attempts.person-day', 'identity.already-used'] as const)(
    'end it as %s where a person has no more',
    async (code) => {
      const host = await ended('CounterCard', { risk: { atIdentity: () => err(failure(code)) } });
      expect([verdictOf(host), host.questions]).toEqual([code, []]);
    },
  );
});

describe('a child', () => {
  const child = {
    ...personsCard,
    fields: { ...personsCard.fields, number: '110000201601010017', birthDate: '2016-01-01' },
  };
  const adult = { ...personsCard, fields: { ...personsCard.fields, name: '监护人' } };
  /** The child's card first, the guardian's then. */
  function family(): WalkChanges {
    const cards = [child, adult];
    return { scene: { guardian: true }, readCard: async () => ok(cards.shift() ?? adult) };
  }

  it('is looked at only after a guardian has agreed with a card of their own', async () => {
    const host = kioskFor(scheme('CounterCard'), family());
    await walk(host, 'guardian-consent');
    expect(host.service.view()).toMatchObject({ screen: 'guardian-consent', nameMasked: '监*人', camera: null });
    host.service.act({ type: 'guardian-agrees', capture: true, transmit: true });
    await walk(host);
    expect(host.committed[0]!.record).toMatchObject({
      verdict: { reason: 'ok.matched' },
      consent: { guardian: { nameMasked: '监*人' } },
      subject: { nameMasked: '样*人' },
    });
  });

  it('is not looked at where the guardian does not agree, or the scene has no way for it', async () => {
    const host = kioskFor(scheme('CounterCard'), family());
    await walk(host, 'guardian-consent');
    host.service.act({ type: 'guardian-agrees', capture: false, transmit: true });
    expect(verdictOf(host)).toBe('user.refused-consent');
    const without = await ended('CounterCard', { read: ok(child) });
    expect(verdictOf(without)).toBe('document.guardian-needed');
  });

  it('is not said to be looked at by a scheme that looks at no face: agreeing to the sending is enough', async () => {
    const host = kioskFor(scheme('PhoneCheck'), family());
    await walk(host, 'guardian-consent');
    expect(host.service.view()).toMatchObject({ screen: 'guardian-consent', withoutFace: true, sends: 'identity' });
    host.service.act({ type: 'guardian-agrees', capture: false, transmit: true });
    await walk(host);
    expect(host.committed[0]!.record).toMatchObject({
      verdict: { reason: 'verification.pending' },
      consent: { capture: false, transmit: true, guardian: { nameMasked: '监*人' } },
    });
    const nothing = kioskFor(scheme('PhoneCheck'), family());
    await walk(nothing, 'guardian-consent');
    nothing.service.act({ type: 'guardian-agrees', capture: false, transmit: false });
    expect(verdictOf(nothing)).toBe('user.refused-consent');
    const face = kioskFor(scheme('CounterCard'), family());
    await walk(face, 'guardian-consent');
    expect(face.service.view()).not.toHaveProperty('withoutFace');
  });

  it('is known for one by the number that a caller gives', async () => {
    const inputs = { name: '样本人', number: '110000201601010017' };
    const host = kioskFor(scheme('RPBioOnly'), { inputs });
    await walk(host, 'consent');
    host.service.act({ type: 'consent', capture: true, transmit: true });
    expect(verdictOf(host)).toBe('document.guardian-needed');
    // Of a number that can't be right nobody knows it.
    const wrong = kioskFor(scheme('RPBioOnly'), { inputs: { ...inputs, number: '110000201601010010' } });
    expect(wrong.service.act({ type: 'start' })).toEqual(err(failure('request.input-unfit', 'number')));
  });
});

describe('a withdrawal at the kiosk', () => {
  const kept = { records: 2, recordsUntilMs: 9, pictures: 1, waiting: 1, requests: 0, returnedFaces: 0, sent: true };
  const slip = {
    receiptHash: '3'.repeat(64),
    verifier: 'queued',
    receipt: {
      body: {
        v: 1,
        deletionId: '01890a5d-ac96-774b-bcce-b302099a8055',
        deviceId: 'd',
        subjectKey: 'c'.repeat(64),
        erased: { pictures: 1, waiting: 1, requests: 0 },
        remaining: { records: 2, untilMs: 9 },
        why: 'withdrawn',
        erasedAtMs: 1,
      },
      device: { keyId: 'k1', signature: 'A'.repeat(86) },
    },
  } as const;

  it('shows what is kept, erases it when that is confirmed, and ends by itself', async () => {
    const subjects = { kept: () => ok(kept), erase: async () => ok(slip) };
    const host = kioskFor(scheme('CounterCard'), { subjects });
    expect(host.service.view()).toMatchObject({ screen: 'attract', mayWithdraw: true });
    host.service.act({ type: 'withdraw' });
    await settled();
    expect(host.service.view()).toMatchObject({ screen: 'withdrawal-review', kept, certifyId: null, camera: null });
    host.service.act({ type: 'confirm-withdrawal' });
    await settled();
    await settled();
    expect(host.service.view()).toMatchObject({
      screen: 'withdrawal-done',
      outcome: { kind: 'erased', erased: { pictures: 1, waiting: 1, requests: 0 }, verifier: 'queued' },
    });
    await host.time.pass(31_000);
    expect([screenOf(host), host.committed]).toEqual(['attract', []]);
  });

  it.each(['withdrawal-card', 'withdrawal-review'] as const)('is left by whoever walks away at %s', async (at) => {
    const never = new Promise<never>(() => undefined);
    const host = kioskFor(scheme('CounterCard'), {
      subjects: { kept: () => ok(kept), erase: async () => ok(slip) },
      ...(at === 'withdrawal-card' ? { waitForCard: never } : {}),
    });
    host.service.act({ type: 'withdraw' });
    await settled();
    expect(screenOf(host)).toBe(at);
    await host.time.pass(31_000);
    expect(screenOf(host)).toBe('attract');
  });
});

describe('the pictures that go to the customer', () => {
  const ready = (changes: WalkChanges = {}): WalkChanges => ({
    scene: { returnsFace: true },
    faceReturns: {
      ready: () => true,
      prepare: async () => ok({ sha256: 'e'.repeat(64), bytes: 9 }),
      discard: async () => undefined,
    },
    ...changes,
  });

  async function withReturn(changes: WalkChanges, returnFace: boolean | undefined): Promise<SchemeKiosk> {
    const host = kioskFor(scheme('CounterCard'), changes);
    await walk(host, 'consent');
    expect(host.service.view()).toMatchObject({ screen: 'consent', returnsFace: true });
    const more = returnFace === undefined ? {} : { returnFace };
    host.service.act({ type: 'consent', capture: true, transmit: true, ...more });
    await settled();
    await walk(host);
    return host;
  }

  it('go with a consent of their own, and their hash is in the record', async () => {
    const { committed } = await withReturn(ready(), true);
    const { record, also } = committed[0]!;
    expect([record.returnedFace, also.faceReturn]).toEqual([
      { sha256: 'e'.repeat(64), bytes: 9 },
      { sha256: 'e'.repeat(64), bytes: 9 },
    ]);
    expect(certificationRecordSchema.safeParse(record).success).toBe(true);
  });

  it.each([undefined, false])('stay without it (%s)', async (returnFace) => {
    const { committed } = await withReturn(ready(), returnFace);
    expect([committed[0]!.record.returnedFace, committed[0]!.also.faceReturn]).toEqual([undefined, undefined]);
  });
});
