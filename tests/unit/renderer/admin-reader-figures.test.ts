import { describe, expect, it } from 'vitest';
import {
  fingerprintWords,
  outcomeOf,
  seenReader,
  seenState,
  seenStep,
} from '../../../src/renderer/admin/reader/reader-figures.ts';
import { transportWords } from '../../../src/renderer/admin/reader/transport-words.ts';
import { translator } from '../../../src/renderer/admin/translation.ts';
import {
  DIAGNOSIS_STEPS,
  type DetectedReader,
  type DiagnosisFinding,
} from '../../../src/shared/domain/reader-diagnosis.ts';
import type { ReaderStatus } from '../../../src/shared/ipc/admin.ts';
import { failure, REASON_CODES, isFailureCode } from '../../../src/shared/reasons.ts';

const words = { t: translator('en'), language: 'en' } as const;
const SAM_ID = '05.03-20260101-0000000042-0000000007';
const READY: ReaderStatus = {
  transport: { kind: 'serial', path: 'COM3', baud: 'auto' },
  state: 'ready',
  samId: SAM_ID,
  baud: 115_200,
  service: null,
  simulated: false,
  failure: null,
};
const finding = (state: DiagnosisFinding['state'], more: Partial<DiagnosisFinding> = {}): DiagnosisFinding => ({
  step: 'found',
  state,
  failure: null,
  detail: null,
  ...more,
});

describe('the state of the reader', () => {
  it('is told by its own word, with what to do where it is not ready', () => {
    expect(seenState(READY, words)).toEqual({ tone: 'good', state: 'Ready', trouble: null });
    expect(seenState({ ...READY, state: 'off', transport: null }, words).tone).toBe('off');
    const busy = seenState({ ...READY, state: 'missing', failure: failure('reader.port-busy', 'EBUSY') }, words);
    expect(busy).toMatchObject({ tone: 'bad', state: 'Not found', trouble: { code: 'reader.port-busy · EBUSY' } });
    expect(busy.trouble?.doThis).not.toBe('');
  });

  it('is not good while there is a failure to tell of', () => {
    expect(seenState({ ...READY, failure: failure('decoder.none') }, words).tone).toBe('warning');
  });

  it('tells the administrator to look, not to call the administrator', () => {
    const told = REASON_CODES.filter(isFailureCode).map(
      (code) => seenState({ ...READY, state: 'fault', failure: failure(code) }, words).trouble?.doThis ?? '',
    );
    expect(told.filter((text) => text === '' || text.includes('administrator'))).toEqual([]);
  });
});

describe('a reader that was found', () => {
  const silent: DetectedReader = {
    transport: { kind: 'auto' },
    label: 'x',
    device: null,
    known: false,
    identity: null,
    failure: failure('reader.no-answer'),
  };

  it('is good only when it answered who it is', () => {
    const identity = { samId: SAM_ID, simulated: false, baud: 9_600, service: null };
    expect(seenReader({ ...silent, identity, failure: null }, words)).toMatchObject({
      tone: 'good',
      who: `${SAM_ID} · 9600 baud`,
      trouble: null,
    });
    expect(seenReader({ ...silent, failure: null, asked: false }, words)).toMatchObject({
      tone: 'off',
      state: words.t('reader.find.notAsked'),
      note: words.t('reader.find.notAskedNote'),
    });
    expect([seenReader(silent, words).tone, seenReader({ ...silent, known: true }, words).tone]).toEqual([
      'off',
      'warning',
    ]);
  });
});

describe('a diagnosis', () => {
  it('has a name and something to do for every step', () => {
    const steps = DIAGNOSIS_STEPS.map((step) =>
      seenStep(finding('failed', { step, failure: failure('reader.fault') }), words),
    );
    expect(new Set(steps.map(({ name }) => name)).size).toBe(DIAGNOSIS_STEPS.length);
    expect(new Set(steps.map(({ trouble }) => trouble?.doThis)).size).toBe(DIAGNOSIS_STEPS.length);
  });

  it('is never fine with a step unknown, or without any step', () => {
    const ok = finding('ok');
    expect([
      outcomeOf([ok, ok]).tone,
      outcomeOf([ok, finding('warning')]).tone,
      outcomeOf([ok, finding('unknown')]),
      outcomeOf([]),
      outcomeOf([finding('failed'), finding('unknown')]).tone,
    ]).toEqual([
      'good',
      'warning',
      { tone: 'warning', key: 'reader.check.outcome.unknown' },
      { tone: 'warning', key: 'reader.check.outcome.unknown' },
      'bad',
    ]);
  });
});

describe('the words of a test read', () => {
  it('tells no fingerprints from fingerprints that nobody asked for', () => {
    expect([
      fingerprintWords(1_024, 'recognise', words),
      fingerprintWords(null, 'recognise', words),
      fingerprintWords(0, 'skip', words),
      fingerprintWords(null, 'skip', words),
      fingerprintWords(null, null, words),
    ]).toEqual(['Present, 1,024 bytes, not kept', 'None on the chip', 'None on the chip', 'Not read', 'Not read']);
  });

  it('says how a reader is reached', () => {
    const device = { vendorId: '0400', productId: 'c35a', serialNumber: null, place: '1-4' };
    expect([
      transportWords({ kind: 'serial', path: 'COM3', baud: 9600 }, words.t),
      transportWords({ kind: 'usb', device }, words.t),
      transportWords({ kind: 'vendor-ws', dialect: 'est', address: 'ws://127.0.0.1:33666' }, words.t),
      transportWords(null, words.t),
    ]).toEqual([
      'Serial port COM3 · 9600 baud',
      'USB, direct · USB 0400:c35a · socket 1-4',
      'EST card service over a web socket · ws://127.0.0.1:33666',
      'No card reader',
    ]);
  });
});
