import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changesOnly } from '../../../src/renderer/admin/changes.ts';
import { parseNewPin } from '../../../src/renderer/admin/gate/pin-form.ts';
import {
  BAUD_CHOICES,
  parseReader,
  readerDraft,
  type ReaderDraft,
} from '../../../src/renderer/admin/reader/reader-form.ts';
import { oneIn, parseScene, sceneDraft } from '../../../src/renderer/admin/scene/scene-form.ts';
import { cameraDraft, parseGeometry } from '../../../src/renderer/admin/camera/camera-form.ts';
import { parseSite } from '../../../src/renderer/admin/site/site-form.ts';
import { parseEnrolment } from '../../../src/renderer/admin/verifier/verifier-form.ts';
import { readerTransportSchema } from '../../../src/shared/domain/reader-transport.ts';
import { DEFAULT_SCENE } from '../../../src/shared/domain/scene.ts';
import { limitsDraft } from '../../../src/renderer/admin/scene/quality-limits-form.ts';
import { DEFAULT_CAMERA_GEOMETRY } from '../../../src/shared/domain/camera-geometry.ts';
import { ADMIN_CHANNELS } from '../../../src/shared/ipc/admin.ts';

describe('a new PIN', () => {
  it.each([
    ['12345', 'gate.problem.length'],
    ['1234567890123', 'gate.problem.length'],
    ['12345a', 'gate.problem.length'],
    ['777777', 'gate.problem.guessable'],
    ['345678', 'gate.problem.guessable'],
    ['987654', 'gate.problem.guessable'],
  ])('%s is refused with %s', (pin, key) => {
    expect(parseNewPin({ pin, repeated: pin })).toEqual({ ok: false, problems: { pin: { key } } });
  });

  it('has to be typed twice alike', () => {
    expect(parseNewPin({ pin: '271828', repeated: '271829' })).toEqual({
      ok: false,
      problems: { repeated: { key: 'gate.problem.repeated' } },
    });
    expect(parseNewPin({ pin: '271828', repeated: '271828' })).toEqual({ ok: true, value: { pin: '271828' } });
  });
});

describe('the reader form', () => {
  const tcp = (host: string, port: string): ReaderDraft => ({ ...readerDraft(null), kind: 'tcp', host, port });

  it('shows every saved transport as it is', () => {
    const saved = [
      null,
      { kind: 'simulated' as const },
      { kind: 'tcp' as const, host: '192.0.2.7', port: 4001 },
      ...BAUD_CHOICES.map((baud) => ({ kind: 'serial' as const, path: 'COM3', baud })),
    ];
    expect(saved.map((transport) => parseReader(readerDraft(transport)))).toEqual(
      saved.map((value) => ({ ok: true, value })),
    );
  });

  it('names the field and the limit that is broken', () => {
    expect(parseReader({ ...readerDraft(null), kind: 'serial', path: '  ' })).toEqual({
      ok: false,
      problems: { path: { key: 'reader.problem.path' } },
    });
    expect(parseReader(tcp('', '0'))).toEqual({
      ok: false,
      problems: { host: { key: 'reader.problem.host' }, port: { key: 'reader.problem.port' } },
    });
  });

  it.each(['', '0', '65536', '80 ', '8o', '-1', '1e3'])('refuses port %j', (port) => {
    expect(parseReader(tcp('reader.example', port))).toMatchObject({ ok: false, problems: { port: {} } });
  });

  it('lets nothing through that main would refuse', () => {
    const anyDraft = fc.record({
      kind: fc.constantFrom('serial', 'tcp', 'off' as const, 'simulated'),
      byHand: fc.boolean(),
      path: fc.string(),
      baud: fc.oneof(fc.constantFrom('115200', '9600'), fc.string()),
      host: fc.string(),
      port: fc.oneof(fc.integer().map(String), fc.string()),
    });
    fc.assert(
      fc.property(anyDraft, (draft) => {
        const result = parseReader(draft);
        return !result.ok || readerTransportSchema.nullable().safeParse(result.value).success;
      }),
    );
  });
});

describe('the scene form', () => {
  it('gives back the scene that it shows', () => {
    expect(parseScene(sceneDraft(DEFAULT_SCENE))).toEqual({ ok: true, value: DEFAULT_SCENE });
  });

  it.each([
    ['id', { id: '' }],
    ['id', { id: 'a'.repeat(21) }],
    ['id', { id: '柜台' }],
    ['name', { name: '' }],
    ['name', { name: '柜台 核验' }],
    ['name', { name: '柜'.repeat(21) }],
    ['retentionDays', { retentionDays: '0' }],
    ['retentionDays', { retentionDays: '3651' }],
    ['retentionDays', { retentionDays: '10.5' }],
    ['retentionDays', { retentionDays: '' }],
    ['far', { far: 0.5 }],
  ])('marks %s for %j and nothing else', (field, change) => {
    expect(parseScene({ ...sceneDraft(DEFAULT_SCENE), ...change })).toEqual({
      ok: false,
      problems: { [field]: { key: `scene.problem.${field}` } },
    });
  });

  it('keeps only the quality limits that were moved, shares in percent', () => {
    const draft = { ...sceneDraft(DEFAULT_SCENE), 'limit:yaw': '30', 'limit:too-far': ' 12.5 ' };
    const scene = { ...DEFAULT_SCENE, qualityLimits: { yaw: 30, 'too-far': 0.125 } };
    expect(parseScene(draft)).toEqual({ ok: true, value: scene });
    expect(sceneDraft(scene)).toMatchObject({ 'limit:yaw': '30', 'limit:too-far': '12.5', 'limit:roll': '20' });
    expect(parseScene({ ...sceneDraft(scene), ...limitsDraft() })).toEqual({ ok: true, value: DEFAULT_SCENE });
  });

  it.each(['', 'x', '4', '61', '-30', '1e1', '30.0001'])('marks a yaw limit of %j with its range', (text) => {
    expect(parseScene({ ...sceneDraft(DEFAULT_SCENE), 'limit:yaw': text })).toEqual({
      ok: false,
      problems: { 'limit:yaw': { key: 'scene.limits.problem', values: { min: '5', max: '60' } } },
    });
  });

  it('says a false-accept rate as 1 in N', () => {
    expect([1e-2, 1e-3, 1e-4, 1e-5].map(oneIn)).toEqual([100, 1000, 10_000, 100_000]);
  });
});

describe('the site form', () => {
  it('trims and keeps to the limits of the contract', () => {
    const site = {
      siteName: ' 人民路支行 ',
      siteNameEnglish: ' Renmin Road ',
      purpose: '核验身份',
      purposeEnglish: '',
    };
    expect(parseSite(site)).toEqual({
      ok: true,
      value: { siteName: '人民路支行', siteNameEnglish: 'Renmin Road', purpose: '核验身份', purposeEnglish: '' },
    });
    const wrong = { siteName: ' ', siteNameEnglish: 'x'.repeat(41), purpose: '长'.repeat(61), purposeEnglish: 'ok' };
    expect(parseSite(wrong)).toEqual({
      ok: false,
      problems: {
        siteName: { key: 'site.problem.siteName' },
        siteNameEnglish: { key: 'site.problem.siteNameEnglish' },
        purpose: { key: 'site.problem.purpose' },
      },
    });
  });
});

describe('the camera form', () => {
  const draft = cameraDraft({ deviceId: null, label: null, geometry: DEFAULT_CAMERA_GEOMETRY });

  it('reads back what it was given, and what is typed', () => {
    expect(parseGeometry(draft)).toEqual({ ok: true, value: DEFAULT_CAMERA_GEOMETRY });
    const typed = { ...draft, horizontalFovDegrees: ' 62.5 ', nearCm: '40', farCm: '80' };
    expect(parseGeometry(typed)).toEqual({ ok: true, value: { horizontalFovDegrees: 62.5, nearCm: 40, farCm: 80 } });
  });

  it('says which range a number breaks, and that people need some depth', () => {
    expect(parseGeometry({ ...draft, horizontalFovDegrees: '7o', nearCm: '5' })).toEqual({
      ok: false,
      problems: {
        horizontalFovDegrees: { key: 'camera.problem.range', values: { min: 30, max: 140 } },
        nearCm: { key: 'camera.problem.range', values: { min: 15, max: 150 } },
      },
    });
    expect(parseGeometry({ ...draft, nearCm: '60', farCm: '70' })).toEqual({
      ok: false,
      problems: { farCm: { key: 'camera.problem.depth', values: { n: 15 } } },
    });
  });
});

describe('the enrolment form', () => {
  const parse = (address: string, code = 'ABCD2345EF') => parseEnrolment({ address, code });

  it.each([
    ['verifier.example', 'verifier.problem.address'],
    ['', 'verifier.problem.address'],
    ['http://verifier.example', 'verifier.problem.https'],
    ['ftp://verifier.example', 'verifier.problem.https'],
    ['https://user:secret@verifier.example', 'verifier.problem.credentials'],
    [`https://verifier.example/${'a'.repeat(300)}`, 'verifier.problem.addressLength'],
  ])('refuses the address %s', (address, key) => {
    expect(parse(address)).toEqual({ ok: false, problems: { address: { key } } });
  });

  it.each([
    'https://verifier.example',
    'https://verifier.example:8443/base',
    'http://127.0.0.1:4000',
    'http://localhost:4000',
  ])('accepts %s and what it accepts, main accepts', (address) => {
    const result = parse(` ${address} `, 'abcd-2345 ef');
    expect(result).toEqual({ ok: true, value: { address, code: 'ABCD2345EF' } });
    expect(ADMIN_CHANNELS['admin:enrol'].safeParse(result.ok ? result.value : null).success).toBe(true);
  });

  it.each(['', 'AB1', 'A'.repeat(21), '- - -'])('refuses the code %j', (code) => {
    expect(parse('https://verifier.example', code)).toEqual({
      ok: false,
      problems: { code: { key: 'verifier.problem.code' } },
    });
  });
});

describe('unsaved changes', () => {
  it('are only the fields that differ from what is saved', () => {
    expect(changesOnly({ a: 1, b: 'x' }, { a: 1, b: 'y' })).toEqual({ b: 'y' });
    expect(changesOnly({ a: 1, b: 'x' }, { a: 1 })).toEqual({});
  });
});
