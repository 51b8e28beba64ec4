import { describe, expect, it } from 'vitest';
import { PRESET_SCHEMES, presetScheme } from '../../../src/shared/domain/scheme-presets.ts';
import type { Scheme } from '../../../src/shared/domain/scheme.ts';
import type { KioskView } from '../../../src/shared/ipc/kiosk-view.ts';
import { failure, type VerdictState } from '../../../src/shared/reasons.ts';
import { err, ok } from '../../../src/shared/result.ts';
import { sampleAttempt, liveness } from './samples.ts';
import { settled } from './service-host.ts';
import { kioskFor, outcome, walk, type SchemeKiosk, type WalkChanges } from './walk.ts';

const PEOPLE = PRESET_SCHEMES.filter(({ actor }) => actor !== 'caller');
const ids = PEOPLE.map(({ id }) => id);
const scheme = (id: string): Scheme => presetScheme(id)!;

const OUTCOMES = {
  passed: outcome('ok.confirmed', 'passed'),
  failed: outcome('identity.mismatch', 'failed'),
  review: outcome('source.photo-unusable', 'review'),
  error: outcome('source.unavailable', 'error'),
} as const;

const compared = (outcomeOf: 'match' | 'no-match' | 'grey') => ({
  compare: async () => ok({ similarity: 0.6, score: 92, far: 1e-4, kind: 'live-chip' as const, outcome: outcomeOf }),
});
const spoof = {
  judge: async () => {
    const summary = liveness('spoof', ['liveness.code-mismatch']);
    return ok({ liveness: summary, attempt: sampleAttempt(summary) });
  },
};
const crashed = { judge: async () => err(failure('inference.crashed')) };
const doubted = {
  atFace: async () =>
    ok({
      effect: { kind: 'review' as const },
      findings: [{ rule: 'r', kind: 'hours', effect: 'review' as const, measured: null, limit: null }],
    }),
};

/** How a verdict comes about where the device decides: by the comparison, or by the liveness where nothing is compared. */
function onDevice({ reference }: Scheme, verdict: VerdictState): WalkChanges {
  switch (verdict) {
    case 'passed':
      return { inference: compared('match') };
    case 'failed':
      return { inference: reference === 'none' ? spoof : compared('no-match') };
    case 'review':
      return reference === 'none' ? { risk: doubted } : { inference: compared('grey') };
    case 'error':
      return { inference: crashed };
  }
}

/** A whole certification with this scheme, up to the verdict that is shown. */
async function certified(
  each: Scheme,
  verdict: VerdictState,
): Promise<Omit<SchemeKiosk, 'screens'> & { screens: readonly string[] }> {
  const byVerifier = each.decides === 'verifier';
  const changes: WalkChanges = byVerifier
    ? { phone: OUTCOMES[verdict], inference: compared('match') }
    : onDevice(each, verdict);
  const host = kioskFor(each, changes);
  const screens = await walk(host);
  if (host.service.view().screen === 'awaiting') {
    host.service.decided(host.committed[0]!.record.certifyId, OUTCOMES[verdict]);
  }
  return { ...host, screens };
}

describe('every scheme that serves somebody, to every verdict', () => {
  for (const verdict of ['passed', 'failed', 'review', 'error'] as const) {
    it.each(ids)(`%s: ${verdict}`, async (id) => {
      const each = scheme(id);
      const { committed, service, wiped, screens } = await certified(each, verdict);
      const view = service.view();
      expect(view.screen === 'result' && view.result.state).toBe(verdict);
      const [first, ...more] = committed;
      expect(more).toEqual([]);
      const { record, also } = first!;
      expect(record).toMatchObject({ scheme: id, sceneId: 'counter' });
      await settled();
      expect(wiped).toEqual([record.certifyId]);
      // What is shown is the record's own verdict, or the verifier's where the record left it to that.
      if (each.decides === 'verifier' && each.actor === 'person') {
        expect(record.verdict.reason).toBe('verification.pending');
        expect(also.check?.check).toBe(each.check);
        expect(screens).toContain('awaiting');
      } else expect(record.verdict.state).toBe(verdict);
      if (each.actor === 'phone') expect(record.handOff).toMatchObject({ handOffId: 'h1', outcome: OUTCOMES[verdict] });
      if (Object.values(each.inputs).includes('required')) expect(record.order?.orderId).toBe('order-1');
    });
  }
});

describe('every scheme, step by step', () => {
  const card = ['consent', 'card'];
  const face = ['position', 'light'];
  it.each([
    ['CounterCard', ['attract', ...card, ...face, 'result']],
    ['RPBasic', ['attract', 'consent', 'document-capture', ...face, 'awaiting']],
    ['RPManual', ['attract', 'consent', 'identity-entry', ...face, 'awaiting']],
    ['RPBioID', ['attract', 'consent', 'document-capture', ...face, 'awaiting']],
    ['RPBioOnly', ['attract', 'consent', ...face, 'awaiting']],
    ['FVBioOnly', ['attract', 'consent', ...face, 'result']],
    ['LR_FR', ['attract', 'consent', ...face, 'result']],
    ['FACE', ['attract', 'consent', 'hand-off', 'result']],
    ['RPH5BioOnly', ['attract', 'consent', 'hand-off', 'result']],
    ['FaceInMedium', ['attract', 'consent', 'position', 'challenge', 'awaiting']],
    ['IdentityCheck', ['attract', ...card, 'awaiting']],
    ['PhoneCheck', ['attract', ...card, 'element-entry', 'awaiting']],
    ['BankCardPhoneCheck', ['attract', ...card, 'element-entry', 'awaiting']],
  ] as const)('%s', async (id, steps) => {
    const { screens } = await certified(scheme(id), 'passed');
    // The card is read within a moment, and what takes no time is not looked at.
    const passing = new Set(['deciding', 'card']);
    const seen = (all: readonly string[]) => all.filter((screen) => !passing.has(screen));
    expect(seen(screens)).toEqual(seen(steps));
  });
});

const NOBODY_NEEDED = new Set<string>(['attract', 'result', 'awaiting', 'deciding']);
const never = new Promise<never>(() => undefined);

describe('walking away', () => {
  it.each(ids)('from every step of %s wipes everything and commits that nothing was decided', async (id) => {
    const all = await walk(kioskFor(scheme(id), { phone: OUTCOMES.passed }));
    const readsCard = scheme(id).identity === 'chip-card';
    const steps = [...all.filter((screen) => !NOBODY_NEEDED.has(screen)), ...(readsCard ? ['card'] : [])];
    expect(steps.length).toBeGreaterThan(1);
    for (const step of steps) {
      const host = kioskFor(scheme(id), step === 'card' ? { waitForCard: never } : {});
      await walk(host, step as KioskView['screen']);
      expect(host.service.view().screen).toBe(step);
      await host.time.pass(150_000);
      const left = [
        host.service.view().screen,
        host.committed.map(({ record }) => record.verdict.state),
        host.wiped.length,
      ];
      expect([step, ...left]).toEqual([step, 'attract', ['error'], 1]);
    }
  });

  it('while the verifier is waited for shows that the result is to come, and then nothing', async () => {
    const host = kioskFor(scheme('RPManual'));
    await walk(host);
    expect(host.service.view().screen).toBe('awaiting');
    await host.time.pass(20_000);
    expect(host.service.view()).toMatchObject({
      screen: 'result',
      result: { state: 'review', reason: 'verification.pending', mayRetry: false },
    });
    await host.time.pass(20_000);
    expect(host.service.view().screen).toBe('attract');
    expect(host.committed.length).toBe(1);
  });
});

it('begins nothing by a scheme that serves callers alone', () => {
  const callers = PRESET_SCHEMES.filter(({ actor }) => actor === 'caller');
  expect(callers.length).toBeGreaterThan(5);
  for (const each of callers) {
    const host = kioskFor(each, { inputs: {} });
    expect(host.service.act({ type: 'start' })).toMatchObject({ ok: false, error: { code: 'scene.impossible' } });
  }
});
