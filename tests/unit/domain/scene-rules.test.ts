import { describe, expect, it } from 'vitest';
import { SCENE_RULES } from '../../../src/shared/domain/scene-problem-rules.ts';
import { checkScene, type SceneContext } from '../../../src/shared/domain/scene-rules.ts';
import { DEFAULT_SCENE, type Scene } from '../../../src/shared/domain/scene.ts';
import { findScheme, presetScheme } from '../../../src/shared/domain/scheme-presets.ts';
import type { Scheme } from '../../../src/shared/domain/scheme.ts';
import { CHECKS } from '../../../src/shared/domain/verification.ts';

const EVERYTHING: SceneContext = {
  offers: CHECKS.map((check) => ({ check, verifier: 'countersign' })),
  digits: { use: 'alone', limit: null, why: null },
  faceReturnReady: true,
  handOffPages: ['countersign'],
  encodesClips: true,
  walkUp: false,
};
const NOTHING: SceneContext = {
  offers: null,
  digits: { use: 'unavailable', limit: 'no-voice-detector', why: null },
  faceReturnReady: false,
  handOffPages: [],
  encodesClips: false,
  walkUp: false,
};

function problems(change: Partial<Scene>, context: SceneContext | null = EVERYTHING, composed: readonly Scheme[] = []) {
  const scene = { ...DEFAULT_SCENE, ...change };
  return checkScene(scene, findScheme(scene.scheme, composed), context);
}

const CONTRADICTIONS: readonly (readonly [string, string, Partial<Scene>])[] = [
  ['scheme-unknown', 'scheme', { scheme: 'NoSuch' }],
  ['offline-needs-network', 'offlinePolicy', { scheme: 'RPH5BioOnly', offlinePolicy: 'local_decide' }],
  ['capture-only-needs-check', 'offlinePolicy', { offlinePolicy: 'capture_only' }],
  ['confirmation-besides-check', 'confirmation', { scheme: 'RPManual', confirmation: 'identity' }],
  ['confirmation-lacks-material', 'confirmation', { scheme: 'LightLiveness', confirmation: 'face-authority' }],
  ['fallback-twice', 'fallbacks.1', { fallbacks: ['phone-check', 'phone-check'] }],
  ['fallback-needs-person', 'fallbacks.0', { scheme: 'RPMin', fallbacks: ['identity-check'] }],
  ['fallback-needs-identity', 'fallbacks.0', { scheme: 'LR_FR', fallbacks: ['bank-card-check'] }],
  ['fallback-is-scheme', 'fallbacks.0', { scheme: 'PhoneCheck', fallbacks: ['phone-check'] }],
  ['fallback-is-scheme', 'fallbacks.0', { scheme: 'FACE', offlinePolicy: 'forbid', fallbacks: ['phone-hand-off'] }],
  [
    'fallback-lacks-mode',
    'fallbacks.0',
    { fallbacks: ['another-liveness'], liveness: { mode: 'light', fallback: [], actions: 2 } },
  ],
  ['fallback-lacks-mode', 'fallbacks.0', { scheme: 'IdentityCheck', fallbacks: ['another-liveness'] }],
  ['guardian-needs-person', 'guardian', { scheme: 'SelfieIdentity', guardian: true }],
  ['guardian-needs-identity', 'guardian', { scheme: 'FDBioOnly', guardian: true }],
  ['face-return-needs-camera', 'returnsFace', { scheme: 'PhoneCheck', returnsFace: true }],
  ['once-needs-identity', 'oncePerIdentity', { scheme: 'SilentLiveness', oncePerIdentity: 'day' }],
  ['day-limit-below-visit', 'attempts.perPersonDay', { attempts: { perVisit: 3, perPersonDay: 2 } }],
];

const SITUATIONS: readonly (readonly [string, string, Partial<Scene>, Partial<SceneContext>])[] = [
  ['walk-up-needs-person', 'scheme', { scheme: 'CompareFaces' }, { walkUp: true }],
  ['walk-up-needs-request', 'scheme', { scheme: 'RPBioOnly' }, { walkUp: true }],
  ['no-verifier', 'scheme', { scheme: 'RPManual' }, { offers: null }],
  ['no-verifier', 'fallbacks.0', { fallbacks: ['identity-check'] }, { offers: null }],
  ['check-not-served', 'scheme', { scheme: 'RPManual' }, { offers: [] }],
  ['confirmation-not-served', 'confirmation', { confirmation: 'identity' }, { offers: [] }],
  ['fallback-not-served', 'fallbacks.0', { fallbacks: ['bank-card-phone-check'] }, { offers: [] }],
  ['hand-off-not-offered', 'scheme', { scheme: 'FACE', offlinePolicy: 'forbid' }, { handOffPages: ['tencent'] }],
  ['hand-off-not-offered', 'fallbacks.0', { fallbacks: ['phone-hand-off'] }, { handOffPages: [] }],
  ['clip-not-encodable', 'confirmation', { confirmation: 'video-authority' }, { encodesClips: false }],
  [
    'liveness-not-available',
    'liveness.fallback.0',
    { liveness: { mode: 'light', fallback: ['digits'], actions: 2 } },
    { digits: { use: 'additional', limit: 'no-recogniser', why: null } },
  ],
  ['liveness-not-available', 'scheme', { scheme: 'FaceInAdvanced' }, { digits: NOTHING.digits }],
  ['face-return-needs-destination', 'returnsFace', { returnsFace: true }, { faceReturnReady: false }],
];

describe('rules of a scene', () => {
  it.each(CONTRADICTIONS)('%s at %s', (rule, field, change) => {
    const found = problems(change).map((problem) => `${problem.field} ${problem.rule}`);
    expect(found).toContain(`${field} ${rule}`);
  });

  it.each(CONTRADICTIONS)('%s at %s needs no knowledge of device and verifier', (rule, field, change) => {
    expect(problems(change, null).map((problem) => `${problem.field} ${problem.rule}`)).toContain(`${field} ${rule}`);
  });

  it.each(SITUATIONS)('%s at %s', (rule, field, change, context) => {
    const found = problems(change, { ...EVERYTHING, ...context }).map((problem) => `${problem.field} ${problem.rule}`);
    expect(found).toEqual([`${field} ${rule}`]);
    expect(problems(change)).toEqual([]);
  });

  it('tells of a scheme that contradicts itself', () => {
    const broken: Scheme = { ...presetScheme('RPManual')!, id: 'OurOwn', family: 'composed', check: null };
    expect(problems({ scheme: 'OurOwn' }, EVERYTHING, [broken])[0]).toMatchObject({ rule: 'scheme-broken' });
  });

  it('has a case for every rule', () => {
    const tried = [...CONTRADICTIONS, ...SITUATIONS].map(([rule]) => rule);
    expect(new Set([...tried, 'scheme-broken'])).toEqual(new Set(SCENE_RULES));
  });

  it('lets the scene that a terminal comes with work without anything', () => {
    expect(problems({}, { ...NOTHING, walkUp: true })).toEqual([]);
  });

  it('asks no verifier for what the device decides by itself, where none is set up', () => {
    expect(problems({ scheme: 'CompareFaces' }, NOTHING)).toEqual([]);
    expect(problems({ scheme: 'BankCardReading' }, NOTHING)).toEqual([
      { field: 'scheme', rule: 'no-verifier', detail: 'bank-card-reading' },
    ]);
  });
});
