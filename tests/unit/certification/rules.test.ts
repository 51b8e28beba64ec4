import { describe, expect, it } from 'vitest';
import { certificationRecordSchema, mayLeaveDevice } from '../../../src/shared/domain/certification.ts';
import { maskName, maskNumber } from '../../../src/shared/domain/masking.ts';
import { acceptsCamera } from '../../../src/main/certification/camera-rules.ts';
import { ageInYears, ruleOnDocument } from '../../../src/main/certification/document-rules.ts';
import { recordOf } from '../../../src/main/certification/record.ts';
import { decide, verdictFor } from '../../../src/main/certification/verdict-rules.ts';
import { receiptNumber } from '../../../src/main/certification/view.ts';
import { liveness, sampleDocument, sampleRun } from './samples.ts';

const match = { similarity: 0.6, score: 92, far: 1e-4, kind: 'live-chip', outcome: 'match' } as const;
const context = {
  decidedAtMs: 5,
  reader: '05.01-00000000-0000000000-0000000000',
  simulatedCamera: false,
  cameraChecks: null,
  returnedFace: null,
  appVersion: '0',
  subjectKey: () => 'c'.repeat(64),
};

describe('verdict rules', () => {
  const evidence = {
    liveness: liveness('live'),
    comparison: match,
    portrait: 'decoded',
    printed: false,
    typed: false,
    read: null,
    documentWarning: null,
  } as const;
  it.each([
    ['everything is right', {}, 'ok.matched'],
    ['a spoof', { liveness: liveness('spoof', ['liveness.late-response']) }, 'liveness.late-response'],
    ['a spoof without a reason', { liveness: liveness('spoof') }, 'liveness.spoof-suspected'],
    ['nothing known', { liveness: liveness('undecided') }, 'challenge.incomplete'],
    ['too dark', { liveness: liveness('undecided', ['capture.too-dark']) }, 'capture.too-dark'],
    ['no decoded portrait', { portrait: 'not-decoded' }, 'document.photo-not-decoded'],
    ['no portrait', { portrait: 'absent' }, 'document.photo-not-decoded'],
    ['no comparison', { comparison: null }, 'document.no-face'],
    ['no face in the portrait', { comparison: { outcome: 'no-face' } }, 'document.no-face'],
    ['somebody else', { comparison: { ...match, outcome: 'no-match' } }, 'face.low-similarity'],
    ['a doubtful match', { comparison: { ...match, outcome: 'grey' } }, 'face.grey-band'],
    ['an expired card', { documentWarning: 'document.expired' }, 'document.expired'],
    [
      'somebody else with an expired card',
      { comparison: { ...match, outcome: 'no-match' }, documentWarning: 'document.expired' },
      'face.low-similarity',
    ],
  ] as const)('%s', (_name, change, reason) => {
    expect(decide({ ...evidence, ...change })).toBe(reason);
  });

  it('are provisional only where the verifier is still to confirm', () => {
    expect(verdictFor('ok.matched', 'chip', true)).toEqual({
      state: 'passed',
      reason: 'ok.matched',
      basis: 'chip',
      provisional: true,
    });
    expect(verdictFor('ok.matched', 'chip', false).provisional).toBe(false);
    expect(verdictFor('camera.lost', null, true)).toMatchObject({
      state: 'error',
      basis: 'local',
      provisional: false,
    });
  });
});

describe('document rules', () => {
  const on = (fields: Partial<typeof sampleDocument.fields>, numberValid = true) =>
    ruleOnDocument({ ...sampleDocument, fields: { ...sampleDocument.fields, ...fields } }, '2026-11-21', numberValid);

  it('accept, warn and stop', () => {
    expect(on({})).toEqual({ kind: 'accepted' });
    expect(on({ validTo: 'long-term' })).toEqual({ kind: 'accepted' });
    expect(on({ validTo: '2026-11-21' })).toEqual({ kind: 'accepted' });
    expect(on({ validTo: '2026-11-20' })).toEqual({ kind: 'warning', reason: 'document.expired' });
    expect(on({ validFrom: '2026-11-22' })).toEqual({ kind: 'warning', reason: 'document.not-yet-valid' });
    expect(on({}, false)).toEqual({ kind: 'warning', reason: 'document.number-invalid' });
    expect(on({ birthDate: '2012-11-22' })).toEqual({ kind: 'stop', reason: 'document.guardian-needed' });
    expect(on({ birthDate: '2012-11-21' })).toEqual({ kind: 'accepted' });
  });

  it('count years by the calendar', () => {
    expect(ageInYears('2012-02-29', '2026-02-28')).toBe(13);
    expect(ageInYears('2012-02-29', '2026-03-01')).toBe(14);
  });
});

describe('camera rules', () => {
  it('refuse virtual cameras and take real and permitted simulated ones', () => {
    const device = { kind: 'device', deviceId: null } as const;
    const simulated = { kind: 'simulated', url: '/demo/person-a.webm', presentation: 'live', startSeconds: 0 } as const;
    expect(acceptsCamera(device, 'HD Pro Webcam C920 (046d:082d)')).toBe(true);
    for (const label of [
      'OBS Virtual Camera',
      'v4l2loopback',
      'Snap Camera',
      'ManyCam',
      'Dummy video device (0x0000)',
    ]) {
      expect(acceptsCamera(device, label)).toBe(false);
    }
    expect(acceptsCamera(simulated, 'simulated person')).toBe(true);
  });
});

describe('the record', () => {
  const ending = { reason: 'ok.matched', then: 'result' } as const;

  it('names nobody and fits its schema', () => {
    const run = { ...sampleRun(), liveness: liveness('live'), comparison: match, stagesMs: { card: 12.4 } };
    const record = recordOf(run, ending, context);
    expect(certificationRecordSchema.safeParse(record).success).toBe(true);
    const text = JSON.stringify(record);
    expect(text).not.toContain(sampleDocument.fields.name);
    expect(text).not.toContain(sampleDocument.fields.number);
    expect(text).not.toContain(sampleDocument.fields.address);
    expect(record).toMatchObject({ simulated: true, stagesMs: { card: 12 }, document: { portrait: 'decoded' } });
  });

  it('stays on the device without consent to sending', () => {
    const consent = (transmit: boolean) => ({ capture: true, transmit, version: 'v', givenAtMs: 0 });
    expect(mayLeaveDevice(recordOf({ ...sampleRun(), consent: consent(true) }, ending, context))).toBe(true);
    expect(mayLeaveDevice(recordOf({ ...sampleRun(), consent: consent(false) }, ending, context))).toBe(false);
    expect(mayLeaveDevice(recordOf({ ...sampleRun(), consent: null }, ending, context))).toBe(false);
    expect(mayLeaveDevice(recordOf({ ...sampleRun(), consent: null, document: null }, ending, context))).toBe(true);
  });
});

describe('masking', () => {
  it.each([
    ['王明', '王*'],
    ['王小明', '王*明'],
    ['欧阳小明', '欧**明'],
    ['阿里木·买买提', '阿*****提'],
    ['𠮷田明', '𠮷*明'],
    ['JANE ROE', 'J*** R***'],
    ['', '*'],
  ])('%s → %s', (name, masked) => {
    expect(maskName(name)).toBe(masked);
  });

  it('keeps three and four characters of a number', () => {
    expect(maskNumber('110105199001010029')).toBe('110***********0029');
    expect(maskNumber('1234567')).toBe('*******');
  });
});

describe('the receipt number', () => {
  it('is eight characters without look-alikes, from the hash', () => {
    expect(receiptNumber('0'.repeat(64))).toBe('0000-0000');
    expect(receiptNumber('f'.repeat(64))).toBe('ZZZZ-ZZZZ');
    expect(receiptNumber('0123456789'.padEnd(64, '0'))).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
  });
});
