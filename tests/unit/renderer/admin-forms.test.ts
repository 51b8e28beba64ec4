import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changesOnly } from '../../../src/renderer/admin/changes.ts';
import { moved } from '../../../src/renderer/admin/parts/moved.ts';
import { NO_DIGITS, withMode } from '../../../src/renderer/admin/scene/liveness-form.ts';
import { oneIn, parseScene, sceneDraft, type SceneDraft } from '../../../src/renderer/admin/scene/scene-form.ts';
import { cameraDraft, parseGeometry } from '../../../src/renderer/admin/camera/camera-form.ts';
import { parseSite } from '../../../src/renderer/admin/site/site-form.ts';
import { parseEnrolment } from '../../../src/renderer/admin/verifier/verifier-form.ts';
import { LIVENESS_MODE_IDS } from '../../../src/shared/domain/liveness-mode.ts';
import { DEFAULT_SCENE, sceneSchema, type Scene } from '../../../src/shared/domain/scene.ts';
import { limitsDraft } from '../../../src/renderer/admin/scene/quality-limits-form.ts';
import { DEFAULT_CAMERA_GEOMETRY } from '../../../src/shared/domain/camera-geometry.ts';
import { ADMIN_CHANNELS } from '../../../src/shared/ipc/admin.ts';

describe('the scene form', () => {
  it('gives back the scene that it shows', () => {
    expect(parseScene(sceneDraft(DEFAULT_SCENE), NO_DIGITS)).toEqual({ ok: true, value: DEFAULT_SCENE });
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
    expect(parseScene({ ...sceneDraft(DEFAULT_SCENE), ...change }, NO_DIGITS)).toEqual({
      ok: false,
      problems: { [field]: { key: `scene.problem.${field}` } },
    });
  });

  it.each([
    { manualEntry: true, cardPhoto: false },
    { manualEntry: false, cardPhoto: true },
    { manualEntry: true, cardPhoto: true },
  ])('keeps how else people may identify themselves: %j', (identification) => {
    const scene = { ...DEFAULT_SCENE, identification };
    expect(sceneDraft(scene)).toMatchObject(identification);
    expect(parseScene(sceneDraft(scene), NO_DIGITS)).toEqual({ ok: true, value: scene });
    const off = { ...sceneDraft(scene), manualEntry: false, cardPhoto: false };
    expect(parseScene(off, NO_DIGITS)).toEqual({ ok: true, value: DEFAULT_SCENE });
  });

  it('keeps only the quality limits that were moved, shares in percent', () => {
    const draft = { ...sceneDraft(DEFAULT_SCENE), 'limit:yaw': '30', 'limit:too-far': ' 12.5 ' };
    const scene = { ...DEFAULT_SCENE, qualityLimits: { yaw: 30, 'too-far': 0.125 } };
    expect(parseScene(draft, NO_DIGITS)).toEqual({ ok: true, value: scene });
    expect(sceneDraft(scene)).toMatchObject({ 'limit:yaw': '30', 'limit:too-far': '12.5', 'limit:roll': '20' });
    expect(parseScene({ ...sceneDraft(scene), ...limitsDraft() }, NO_DIGITS)).toEqual({
      ok: true,
      value: DEFAULT_SCENE,
    });
  });

  it.each(['', 'x', '4', '61', '-30', '1e1', '30.0001'])('marks a yaw limit of %j with its range', (text) => {
    expect(parseScene({ ...sceneDraft(DEFAULT_SCENE), 'limit:yaw': text }, NO_DIGITS)).toEqual({
      ok: false,
      problems: { 'limit:yaw': { key: 'scene.limits.problem', values: { min: '5', max: '60' } } },
    });
  });

  it('says a false-accept rate as 1 in N', () => {
    expect([1e-2, 1e-3, 1e-4, 1e-5].map(oneIn)).toEqual([100, 1000, 10_000, 100_000]);
  });

  const ALONE = { use: 'alone', limit: null, why: null } as const;
  const ADDITIONAL = { use: 'additional', limit: 'no-recogniser', why: null } as const;
  const draftOf = (change: Partial<SceneDraft>): SceneDraft => ({ ...sceneDraft(DEFAULT_SCENE), ...change });

  it('keeps a liveness plan and an evidence policy only where they are not the usual ones, and shows them again', () => {
    const liveness = { mode: 'light-action', fallback: ['action', 'digits'], actions: 3 } as const;
    const evidence = { keep: 'review', clip: true } as const;
    const scene: Scene = { ...DEFAULT_SCENE, liveness, evidence };
    expect(parseScene(sceneDraft(scene), ALONE)).toEqual({ ok: true, value: scene });
    expect(parseScene(draftOf({ livenessMode: 'light', livenessFallback: 'action' }), NO_DIGITS)).toEqual({
      ok: true,
      value: DEFAULT_SCENE,
    });
  });

  it('offers digits only as far as they can be used here', () => {
    const ok = (change: Partial<SceneDraft>) =>
      [NO_DIGITS, ADDITIONAL, ALONE].map((digits) => parseScene(draftOf(change), digits).ok);
    expect(ok({ livenessMode: 'digits' })).toEqual([false, false, true]);
    expect(ok({ livenessMode: 'light-digits' })).toEqual([false, true, true]);
    expect(ok({ livenessFallback: 'digits' })).toEqual([false, false, true]);
    expect(parseScene(draftOf({ livenessMode: 'digits', livenessFallback: 'digits' }), NO_DIGITS)).toEqual({
      ok: false,
      problems: {
        livenessMode: { key: 'scene.liveness.problem.mode' },
        livenessFallback: { key: 'scene.liveness.problem.mode' },
      },
    });
  });

  it('asks whether silence is meant, first or as a fallback, until somebody says so', () => {
    for (const change of [{ livenessMode: 'silent' }, { livenessFallback: 'action,silent' }] as const) {
      expect(parseScene(draftOf(change), NO_DIGITS)).toEqual({
        ok: false,
        problems: { weakAccepted: { key: 'scene.liveness.problem.weak' } },
      });
      expect(parseScene(draftOf({ ...change, weakAccepted: true }), NO_DIGITS).ok).toBe(true);
    }
    const saved = { mode: 'silent', fallback: [], actions: 2 } as const;
    expect(sceneDraft({ ...DEFAULT_SCENE, liveness: saved }).weakAccepted).toBe(true);
  });

  it('never keeps a mode as its own fallback, and moves fallbacks within their list only', () => {
    expect(withMode(draftOf({ livenessFallback: 'action,light-blink' }), 'action')).toEqual({
      livenessMode: 'action',
      livenessFallback: 'light-blink',
    });
    expect([moved(['a', 'b', 'c'], 2, -1), moved(['a', 'b'], 0, -1), moved(['a', 'b'], 1, 1)]).toEqual([
      ['a', 'c', 'b'],
      ['a', 'b'],
      ['a', 'b'],
    ]);
    const fallback = 'action,light-blink,light-action,light';
    expect(parseScene(draftOf({ livenessFallback: fallback }), NO_DIGITS)).toEqual({
      ok: false,
      problems: { livenessFallback: { key: 'scene.liveness.problem.fallback', values: { n: 3 } } },
    });
  });

  it('lets no plan through that main would refuse', () => {
    const anyChange = fc.record({
      livenessMode: fc.constantFrom(...LIVENESS_MODE_IDS),
      livenessFallback: fc.array(fc.constantFrom(...LIVENESS_MODE_IDS, 'nonsense'), { maxLength: 5 }).map(String),
      livenessActions: fc.constantFrom(1, 2, 3, 4),
      weakAccepted: fc.boolean(),
    });
    fc.assert(
      fc.property(anyChange, (change) => {
        const result = parseScene(draftOf(change), ALONE);
        return !result.ok || sceneSchema.safeParse(result.value).success;
      }),
    );
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
    const wrong = {
      siteName: ' ',
      siteNameEnglish: 'x'.repeat(41),
      purpose: '长'.repeat(61),
      purposeEnglish: 'ok',
      contact: '0'.repeat(61),
    };
    expect(parseSite(wrong)).toEqual({
      ok: false,
      problems: {
        siteName: { key: 'site.problem.siteName' },
        siteNameEnglish: { key: 'site.problem.siteNameEnglish' },
        purpose: { key: 'site.problem.purpose' },
        contact: { key: 'site.problem.contact' },
      },
    });
  });

  it('leaves an empty contact out, and trims one that is there', () => {
    const site = { siteName: '人民路支行', siteNameEnglish: '', purpose: '核验身份', purposeEnglish: '' };
    expect(parseSite({ ...site, contact: ' ' })).toEqual({ ok: true, value: site });
    const contact = '0'.repeat(60);
    expect(parseSite({ ...site, contact: ` ${contact} ` })).toEqual({ ok: true, value: { ...site, contact } });
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
    const enrolled = { ...(result.ok ? result.value : {}), fingerprint: 'ab'.repeat(32) };
    expect(ADMIN_CHANNELS['admin:enrol'].safeParse(enrolled).success).toBe(true);
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
