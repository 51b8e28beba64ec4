import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { certificationRecordSchema } from '../../../src/shared/domain/certification.ts';
import { parseIdentityNumber } from '../../../src/shared/domain/identity-number.ts';
import { DEFAULT_SCENE, type IdentificationPolicy } from '../../../src/shared/domain/scene.ts';
import { REASON_CODES, stateOf, type ReasonCode } from '../../../src/shared/reasons.ts';
import { reduce } from '../../../src/main/certification/flow.ts';
import type { FlowEvent } from '../../../src/main/certification/flow-event.ts';
import type { FlowState } from '../../../src/main/certification/flow-state.ts';
import type { Run } from '../../../src/main/certification/run.ts';
import { beginRoute } from '../../../src/main/certification/liveness-route.ts';
import { offersTyping } from '../../../src/main/certification/other-ways.ts';
import { recordOf } from '../../../src/main/certification/record.ts';
import { ruleOnTyped } from '../../../src/main/certification/typed-rules.ts';
import { decide, type Evidence } from '../../../src/main/certification/verdict-rules.ts';
import {
  CERTIFY_ID,
  judged,
  liveness,
  OTHER_WAYS,
  sampleDocument,
  sampleRun,
  sampleTyped,
  undecodedDocument,
} from './samples.ts';

const certifyId = CERTIFY_ID;
const match = { similarity: 0.6, score: 92, far: 1e-4, kind: 'live-chip', outcome: 'match' } as const;
const printed = new Uint8Array([2]);

function run(policy: Partial<IdentificationPolicy>, more: Partial<Run> = {}): Run {
  const identification = { manualEntry: false, cardPhoto: false, ...policy };
  return {
    ...sampleRun(),
    document: null,
    route: beginRoute(['light']),
    scene: { ...DEFAULT_SCENE, identification },
    ...more,
  };
}

const card = (of: Run): FlowState => ({ step: 'card', run: of, phase: 'searching', problem: null });
const typed: FlowEvent = { type: 'identity-typed', certifyId, identity: sampleTyped, ruling: { kind: 'accepted' } };
const consent: FlowEvent = {
  type: 'consent',
  consent: { capture: true, transmit: true, version: 'v', givenAtMs: 0 },
};

describe('typing in', () => {
  it('is reached from the card where the scene allows it, and leaves the reader alone', () => {
    expect(reduce(card(run({ manualEntry: true })), { type: 'type-identity' }, 0)).toMatchObject({
      state: { step: 'identity-entry' },
      effects: [{ type: 'stop-reading' }],
    });
    const closed = card(run({ cardPhoto: true }));
    expect(reduce(closed, { type: 'type-identity' }, 0)).toEqual({ state: closed, effects: [] });
  });

  it('follows the consent where it was asked for, without reading a card', () => {
    const state: FlowState = { step: 'consent', run: run({ manualEntry: true }, { typing: true }) };
    expect(reduce(state, consent, 0)).toMatchObject({
      state: { step: 'identity-entry' },
      effects: [{ type: 'open-capture' }, { type: 'stop-reading' }],
    });
  });

  it('goes back to the card', () => {
    const state: FlowState = { step: 'identity-entry', run: run({ manualEntry: true }) };
    expect(reduce(state, { type: 'use-card' }, 0)).toMatchObject({
      state: { step: 'card', phase: 'searching', problem: null },
      effects: [{ type: 'read-card', certifyId }],
    });
  });

  it.each([
    ['position', { manualEntry: true }],
    ['card-photo', { manualEntry: true, cardPhoto: true }],
  ] as const)('goes on to %s', (step, policy) => {
    const state: FlowState = { step: 'identity-entry', run: run(policy) };
    expect(reduce(state, typed, 5)).toMatchObject({
      state: { step, run: { typed: sampleTyped, stagesMs: { card: 5 } } },
      effects: [],
    });
  });

  it('captures no child', () => {
    const state: FlowState = { step: 'identity-entry', run: run({ manualEntry: true, cardPhoto: true }) };
    const ruling = { kind: 'stop', reason: 'document.guardian-needed' } as const;
    expect(reduce(state, { ...typed, ruling }, 0).state).toMatchObject({
      step: 'committing',
      run: { typed: sampleTyped },
      ending: { reason: 'document.guardian-needed' },
    });
  });

  it('ends with a clerk at best', () => {
    const state: FlowState = { step: 'deciding', run: run({ manualEntry: true }, { typed: sampleTyped }) };
    expect(reduce(state, judged(liveness('live')), 0).state).toMatchObject({ ending: { reason: 'document.typed' } });
  });

  it('keeps nothing of the number once the record is committed', () => {
    const ended = run({ manualEntry: true }, { typed: sampleTyped, printedPortrait: printed });
    const state: FlowState = { step: 'committing', run: ended, ending: { reason: 'document.typed', then: 'result' } };
    const next = reduce(state, { type: 'committed', certifyId, committed: {} as never }, 0).state;
    expect(next).toMatchObject({ run: { typed: { number: '' }, printedPortrait: null } });
  });
});

describe('what the result offers', () => {
  const offered = (scene: Run['scene'], more: Partial<Run> = {}): ReasonCode[] =>
    REASON_CODES.filter((reason) => offersTyping({ ...sampleRun(), scene, ...more }, reason));

  it('is typing where no card could be read, but not for one that was refused or exchanged', () => {
    const reasons = offered(OTHER_WAYS);
    expect(reasons).toContain('reader.missing');
    expect(reasons).toContain('card.unknown-kind');
    expect(reasons.every((reason) => /^(reader|card)\./.test(reason))).toBe(true);
    expect(reasons).not.toContain('card.refused');
    expect(reasons).not.toContain('card.swapped');
  });

  it('is no typing where the scene does not allow it, or after typing', () => {
    expect(offered(DEFAULT_SCENE)).toEqual([]);
    expect(offered(OTHER_WAYS, { typed: sampleTyped })).toEqual([]);
  });
});

describe("the card's photo", () => {
  const read = (document: Run['document']): FlowEvent => ({
    type: 'card-read',
    certifyId,
    document: document!,
    ruling: { kind: 'accepted' },
  });

  it('is asked for where the chip gave no portrait, and only there', () => {
    const state = card(run({ cardPhoto: true }));
    expect(reduce(state, read(undecodedDocument), 0).state).toMatchObject({ step: 'card-photo' });
    const none = { ...sampleDocument, portrait: { state: 'absent' } as const };
    expect(reduce(state, read(none), 0).state).toMatchObject({ step: 'card-photo' });
    expect(reduce(state, read(sampleDocument), 0).state).toMatchObject({ step: 'position' });
    expect(reduce(card(run({ manualEntry: true })), read(undecodedDocument), 0).state.step).toBe('position');
  });

  it('is taken, skipped, or corrected', () => {
    const held = run({ cardPhoto: true }, { document: undecodedDocument });
    const state: FlowState = { step: 'card-photo', run: held, hint: null };
    expect(reduce(state, { type: 'card-photo-taken', certifyId, portrait: printed }, 0).state).toMatchObject({
      step: 'position',
      run: { printedPortrait: printed },
    });
    expect(reduce(state, { type: 'skip-card-photo' }, 0).state).toMatchObject({
      step: 'position',
      run: { printedPortrait: null },
    });
    expect(reduce(state, { type: 'card-photo-hint', certifyId, hint: 'glare' }, 0).state).toMatchObject({
      step: 'card-photo',
      hint: 'glare',
    });
  });

  it.each([
    ['match', 'document.printed-portrait'],
    ['grey', 'face.grey-band'],
    ['no-match', 'face.low-similarity'],
  ] as const)('that gives a %s leads to %s', (outcome, reason) => {
    for (const more of [{ document: undecodedDocument }, { typed: sampleTyped }]) {
      const state: FlowState = { step: 'deciding', run: run({}, { ...more, printedPortrait: printed }) };
      expect(reduce(state, judged(liveness('live'), { ...match, outcome }), 0).state).toMatchObject({
        ending: { reason },
      });
    }
  });

  it('survives another try of the liveness check', () => {
    const state: FlowState = { step: 'deciding', run: run({}, { typed: sampleTyped, printedPortrait: printed }) };
    const again = reduce(state, judged(liveness('undecided', ['capture.too-few-frames'])), 0).state;
    expect(again).toMatchObject({ step: 'position', run: { printedPortrait: printed } });
  });
});

describe('no combination without a chip that can be believed and its portrait', () => {
  const outcomes = [
    null,
    { outcome: 'no-face' } as const,
    match,
    { ...match, outcome: 'grey' as const },
    { ...match, outcome: 'no-match' as const },
  ];
  const anyRead = fc
    .record({
      source: fc.constantFrom('photographed' as const, 'travel-zone' as const, 'travel-chip' as const),
      portrait: fc.constantFrom(printed, null),
      signature: fc.constantFrom('valid' as const, 'unchecked' as const, 'forged' as const),
    })
    .map(({ signature, ...read }) => (read.source === 'travel-chip' ? { ...read, signature } : read));
  const anyEvidence: fc.Arbitrary<Evidence> = fc.record({
    liveness: fc.constantFrom(liveness('live'), liveness('spoof'), liveness('undecided')),
    comparison: fc.constantFrom(...outcomes),
    portrait: fc.constantFrom('decoded', 'not-decoded', 'absent'),
    printed: fc.boolean(),
    typed: fc.boolean(),
    read: fc.option(anyRead),
    documentWarning: fc.constantFrom(null, 'document.expired' as const),
  });

  it('gives a pass; one with it does', () => {
    let passes = 0;
    fc.assert(
      fc.property(anyEvidence, (evidence) => {
        const reason = decide(evidence);
        if (stateOf(reason) !== 'passed') return;
        passes += 1;
        expect(evidence).toMatchObject({
          liveness: { verdict: 'live' },
          comparison: { outcome: 'match' },
          documentWarning: null,
          ...(evidence.read
            ? { read: { source: 'travel-chip', portrait: printed, signature: 'valid' } }
            : { portrait: 'decoded', printed: false, typed: false }),
        });
      }),
      { numRuns: 5000, seed: 20261122 },
    );
    expect(passes).toBeGreaterThan(0);
  });

  it('hides a spoof or an undecided challenge', () => {
    fc.assert(
      fc.property(anyEvidence, (evidence) => {
        const state = stateOf(decide(evidence));
        if (evidence.liveness.verdict === 'spoof') expect(state).toBe('failed');
        if (evidence.liveness.verdict === 'undecided') expect(state).toBe('error');
      }),
    );
  });
});

describe('the record of another way', () => {
  const context = {
    decidedAtMs: 5,
    reader: 'sam',
    simulatedCamera: false,
    cameraChecks: null,
    returnedFace: null,
    appVersion: '0',
    subjectKey: (number: string) => (number === sampleTyped.number ? 'c' : 'd').repeat(64),
  };
  const ending = { reason: 'document.typed', then: 'result' } as const;

  it('says that name and number were typed, masked, with the same subject as their card', () => {
    const record = recordOf(run({ manualEntry: true }, { typed: sampleTyped }), ending, context);
    expect(certificationRecordSchema.parse(record)).toMatchObject({
      verdict: { state: 'review', basis: 'local' },
      subject: { nameMasked: '样*人', numberMasked: '110***********002X', subjectKey: 'c'.repeat(64) },
      document: { kind: 'resident', portrait: 'absent', source: 'typed' },
      devices: { reader: null },
    });
    expect(JSON.stringify(record)).not.toContain(sampleTyped.number);
    expect(JSON.stringify(record)).not.toContain(sampleTyped.name);
  });

  it('says whose portrait was compared with', () => {
    const compared = { comparison: match, printedPortrait: printed };
    const photographed = recordOf(run({}, { document: undecodedDocument, ...compared }), ending, context);
    expect(certificationRecordSchema.parse(photographed)).toMatchObject({
      verdict: { basis: 'card-photo' },
      document: { kind: 'resident', portrait: 'not-decoded', portraitSource: 'printed' },
      comparison: match,
    });
    const fromChip = recordOf({ ...sampleRun(), comparison: match }, ending, context);
    expect(fromChip.document).toEqual({ kind: 'resident', portrait: 'decoded' });
    expect(fromChip.verdict.basis).toBe('chip');
  });
});

describe('the age of somebody who typed', () => {
  const today = '2026-11-21';
  const ruling = (text: string) => {
    const number = parseIdentityNumber(text);
    if (!number.ok) throw new Error(number.error.detail);
    return ruleOnTyped(number.value, today);
  };
  const withCheck = (digits: string): string =>
    [...'0123456789X'].map((last) => digits + last).find((number) => parseIdentityNumber(number).ok)!;
  const of2017 = (birth: string): string =>
    [...'0123456789'].map((last) => `USA1100${birth}1${last}`).find((number) => parseIdentityNumber(number).ok)!;

  it('is read from the number', () => {
    expect(ruling(withCheck('11010520121121002'))).toEqual({ kind: 'accepted' });
    expect(ruling(withCheck('11010520121122002'))).toEqual({ kind: 'stop', reason: 'document.guardian-needed' });
  });

  it('is the younger one where the number leaves the century open', () => {
    expect(ruling(of2017('850615'))).toEqual({ kind: 'accepted' });
    expect(ruling(of2017('150615'))).toEqual({ kind: 'stop', reason: 'document.guardian-needed' });
    expect(ruling(of2017('261122'))).toEqual({ kind: 'accepted' });
  });
});
