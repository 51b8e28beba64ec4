import { describe, expect, it } from 'vitest';
import { FALLBACK_METHODS } from '../../../src/shared/domain/scene.ts';
import { presetScheme } from '../../../src/shared/domain/scheme-presets.ts';
import { failure } from '../../../src/shared/reasons.ts';
import { err, ok } from '../../../src/shared/result.ts';
import { inDocumentCapture } from '../../../src/main/certification/document-steps.ts';
import type { DocumentRuling } from '../../../src/main/certification/document-rules.ts';
import { captureDocument } from '../../../src/main/certification/flow-moves.ts';
import { sampleRun } from './samples.ts';
import { settled } from './service-host.ts';
import { inMethods } from '../../../src/main/certification/method-steps.ts';
import { kioskFor, outcome, personsCard, walk, type SchemeKiosk, type WalkChanges } from './walk.ts';

const confirmed = outcome('ok.confirmed', 'passed');
const view = (host: SchemeKiosk) => host.service.view();
const reasonOf = (host: SchemeKiosk, nth = 0) => host.committed[nth]?.record.verdict.reason;
const finding = { rule: 'hours', kind: 'hours', effect: 'step-up', measured: null, limit: null } as const;
const stepUp = ok({ effect: { kind: 'step-up' as const, scheme: 'FaceInMedium' }, findings: [finding] });

function counter(changes: WalkChanges = {}): SchemeKiosk {
  return kioskFor(presetScheme('CounterCard')!, {
    ...changes,
    scene: { fallbacks: [...FALLBACK_METHODS], ...changes.scene },
    configuration: { findScheme: (id) => presetScheme(id), ...changes.configuration },
  });
}

describe('a pass by phone', () => {
  it('of somebody whose card has expired is for a clerk', async () => {
    const old = { ...personsCard, fields: { ...personsCard.fields, validTo: '2025-01-01' } };
    const host = counter({ read: ok(old), phone: confirmed });
    await walk(host, 'position');
    host.service.act({ type: 'other-method' });
    host.service.act({ type: 'choose-method', method: 'phone-hand-off' });
    await walk(host);
    expect(host.committed[0]!.record.verdict).toMatchObject({ state: 'review', reason: 'document.expired' });
  });

  it('is that of the page which is open, after somebody has looked at the other ways', async () => {
    let opened = 0;
    let ended = false;
    const host = kioskFor(presetScheme('FACE')!, {
      scene: { fallbacks: ['identity-check'] },
      handOffs: {
        open: async () => {
          opened += 1;
          const expiresAtMs = 1_700_000_600_000;
          return ok({
            handOffId: `h${opened}`,
            page: 'countersign',
            url: `https://v.example/h/${opened}`,
            expiresAtMs,
          });
        },
        look: async () => ok(ended ? { state: 'ended', outcome: confirmed } : { state: 'waiting' }),
      },
    });
    await walk(host, 'hand-off');
    host.service.act({ type: 'other-method' });
    host.service.act({ type: 'keep-going' });
    await walk(host, 'hand-off');
    await host.time.pass(10);
    expect(view(host)).toMatchObject({ screen: 'hand-off', url: 'https://v.example/h/2' });
    ended = true;
    await walk(host);
    expect(host.committed[0]!.record.handOff).toMatchObject({ handOffId: 'h2', outcome: { reason: 'ok.confirmed' } });
    expect(host.closed).toEqual(['h1']);
  });
});

describe('what the rules about risk have asked for', () => {
  it.each(['phone-hand-off', 'identity-check'] as const)(
    'is not got around by %s: without the stronger scheme a clerk decides',
    async (method) => {
      const host = counter({ risk: { atStart: () => stepUp }, phone: confirmed });
      await walk(host, 'position');
      host.service.act({ type: 'other-method' });
      host.service.act({ type: 'choose-method', method });
      await walk(host);
      expect(reasonOf(host)).toBe('risk.review');
    },
  );

  it('holds for the other way that follows a result', async () => {
    const review = ok({ effect: { kind: 'review' as const }, findings: [{ ...finding, effect: 'review' as const }] });
    let asked = 0;
    const host = counter({
      risk: { atIdentity: () => ((asked += 1) === 1 ? review : ok({ effect: null, findings: [] })) },
      inference: { judge: async () => err(failure('inference.crashed')) },
    });
    await walk(host);
    host.service.act({ type: 'other-method' });
    host.service.act({ type: 'choose-method', method: 'identity-check' });
    await walk(host);
    expect([host.committed.length, reasonOf(host, 1)]).toEqual([2, 'risk.review']);
  });

  it('leaves the clerk alone after it has blocked a face', async () => {
    const block = ok({ effect: { kind: 'block' as const }, findings: [{ ...finding, effect: 'block' as const }] });
    const host = counter({ risk: { atFace: async () => block } });
    await walk(host);
    expect(reasonOf(host)).toBe('risk.blocked');
    expect(view(host)).not.toHaveProperty('result.hasOtherWays');
    host.service.act({ type: 'other-method' });
    expect(view(host).screen).toBe('other-method');
  });
});

describe('an identity that another certification has used meanwhile', () => {
  it('does not pass a second time', async () => {
    let asked = 0;
    const host = counter({
      risk: {
        atIdentity: () =>
          (asked += 1) === 1 ? ok({ effect: null, findings: [] }) : err(failure('identity.already-used')),
      },
    });
    await walk(host);
    expect(host.committed[0]!.record.verdict).toMatchObject({ state: 'review', reason: 'identity.already-used' });
  });
});

describe('a guardian', () => {
  const guardian = { nameMasked: '样*人', numberMasked: '110***********002X' };
  const consent = { capture: true, transmit: false, version: 'v', givenAtMs: 0, guardian };
  const choose = {
    type: 'choose-method',
    method: 'identity-check',
    scheme: presetScheme('IdentityCheck')!,
    consent: { ...consent, transmit: true },
  } as const;
  const run = {
    ...sampleRun(),
    guardianNeeded: true,
    guardian,
    consent,
    scene: { ...sampleRun().scene, guardian: true },
  };
  const methods = ['identity-check'] as const;

  it('who did not agree to sending is asked again before another way sends something', () => {
    const { state } = inMethods({ step: 'methods', run, methods, mayGoBack: true }, choose);
    expect(state).toMatchObject({ step: 'guardian-card', run: { guardian: null } });
  });

  it('who did is not asked twice', () => {
    const agreed = { ...run, consent: { ...consent, transmit: true } };
    const { state } = inMethods({ step: 'methods', run: agreed, methods, mayGoBack: true }, choose);
    expect(state).toMatchObject({ step: 'deciding', run: { guardian } });
  });
});

describe('pictures that a caller gave', () => {
  it.each([false, true])('are overwritten once the record is there, also where its commit fails: %s', async (fails) => {
    const bytes = new Uint8Array([7, 7, 7]);
    const reference = { bytes, format: 'jpeg', width: 100, height: 120 } as const;
    const { name, number } = personsCard.fields;
    const host = kioskFor(presetScheme('PV_FV')!, {
      inputs: { name, number, reference },
      ...(fails ? { commit: () => err(failure('store.full')) } : {}),
    });
    await walk(host);
    expect(view(host).screen).toBe(fails ? 'maintenance' : 'result');
    await settled();
    expect([...bytes]).toEqual([0, 0, 0]);
  });
});

describe('a card that is photographed beside somebody who is known', () => {
  const run = { ...sampleRun(), scheme: { ...sampleRun().scheme, cardPictures: 'yes' as const } };
  const { name, number } = run.document!.fields;
  const identity = {
    source: 'photographed',
    kind: 'resident',
    ...{ name, number, subject: number, birthDate: '1990-01-01', validTo: '2040-01-01' },
    ...{ portrait: null, warnings: [], corrections: [] },
  } as const;
  const state = captureDocument(run, { page: 'id-card-back' });
  const read = (ruling: DocumentRuling) =>
    inDocumentCapture(state, { type: 'identity-read', certifyId: run.certifyId, identity, ruling }, 1).state;

  it('ends it where nobody knows whether the card is valid', () => {
    expect(read({ kind: 'stop', reason: 'document.unreadable' })).toMatchObject({
      step: 'committing',
      ending: { reason: 'document.unreadable' },
    });
  });

  it('counts as a child’s, and as expired, where its words say so', () => {
    const ruling = { kind: 'stop', reason: 'document.guardian-needed', beside: 'document.expired' } as const;
    expect(read(ruling)).toMatchObject({
      step: 'committing',
      run: { guardianNeeded: true, documentWarning: 'document.expired' },
      ending: { reason: 'document.guardian-needed' },
    });
  });
});

describe('a commit that fails', () => {
  it('leaves nothing of the question behind', async () => {
    const discarded: string[] = [];
    const host = kioskFor(presetScheme('IdentityCheck')!, {
      commit: () => err(failure('store.full')),
      confirmation: { discard: async (certifyId) => void discarded.push(certifyId) },
    });
    await walk(host);
    expect(view(host).screen).toBe('maintenance');
    expect(discarded).toHaveLength(1);
  });
});
