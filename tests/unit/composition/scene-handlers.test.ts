import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sceneHandlers, type SceneHandlerParts } from '../../../src/main/composition/admin-scene-handlers.ts';
import { openInstallation, type Installation } from '../../../src/main/composition/installation.ts';
import { KEY_FILE_NAME, keyFile } from '../../../src/main/store/key-file.ts';
import { DEFAULT_SCENE, type Scene } from '../../../src/shared/domain/scene.ts';
import { PRESET_SCHEMES, presetScheme } from '../../../src/shared/domain/scheme-presets.ts';
import type { Scheme } from '../../../src/shared/domain/scheme.ts';
import type { SceneBook } from '../../../src/shared/ipc/admin-schemes.ts';
import type { Policy } from '../../../src/shared/protocol/kv1.ts';
import { failure, type Failure } from '../../../src/shared/reasons.ts';
import { err, ok, type Result } from '../../../src/shared/result.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { sampleRecord, SAMPLE_START_MS } from '../../support/sample-records.ts';
import { expectOk, temporaryFolder } from '../../support/sample-store.ts';

let folder: ReturnType<typeof temporaryFolder>;
let installation: Installation;
let policy: Policy | null;
let pages: ReturnType<SceneHandlerParts['handOffPages']>;
let faceReturn: boolean;
let changed: number;

beforeEach(() => {
  folder = temporaryFolder();
  const key = keyFile(join(folder.path, KEY_FILE_NAME), randomBytes);
  installation = expectOk(openInstallation(folder.path, key, manualClock(SAMPLE_START_MS)));
  policy = null;
  pages = [];
  faceReturn = false;
  changed = 0;
});
afterEach(() => {
  installation.close();
  folder.remove();
});

function handlers() {
  const setting = { setting: null, keysKept: false, checks: [], failure: null };
  return sceneHandlers({
    installation,
    sync: { policy: () => policy },
    direct: { verifier: () => ok(null), view: () => ok(setting) },
    digits: () => ({ use: 'alone', limit: null, why: null }),
    faceReturnReady: () => faceReturn,
    handOffPages: () => pages,
    encodesClips: () => true,
    onSettings: () => void (changed += 1),
  });
}

function serves(...checks: readonly string[]): void {
  const offered = checks.map((check) => ({ check, verifier: 'mock', operation: `answer-${check}` }));
  policy = { policyVersion: 1, maxBatchItems: 50, maxAgeMs: 1_000, checks: offered };
}

type Answer = Result<SceneBook, Failure>;
const put = (scene: Scene, replaces: string | null = null, confirmed = false): Answer =>
  handlers()['admin:put-scene']({ scene, replaces, confirmed }) as Answer;
const all = (): SceneBook => expectOk(handlers()['admin:scenes'](null) as Answer);
const LOBBY: Scene = { ...DEFAULT_SCENE, id: 'lobby', name: '大厅' };
const OUR_OWN: Scheme = { ...presetScheme('RPManual')!, id: 'OurOwn', family: 'composed' };
const invalid = (detail: string) => err(failure('request.invalid', detail));

describe('the book of scenes', () => {
  it('begins with the scene that a terminal comes with and every preset', () => {
    const { scenes, schemes, verifier } = all();
    expect(scenes).toEqual([{ scene: DEFAULT_SCENE, records: 0, walkUp: true, problems: [] }]);
    expect(schemes.map(({ scheme }) => scheme)).toEqual(PRESET_SCHEMES);
    expect(schemes.filter(({ scenes: users }) => users.length > 0).map(({ scheme }) => scheme.id)).toEqual([
      'CounterCard',
    ]);
    expect(verifier).toBeNull();
  });

  it('says which schemes the verifier serves', () => {
    const refusal = (id: string) => all().schemes.find(({ scheme }) => scheme.id === id)?.refusal;
    expect([refusal('RPManual'), refusal('CompareFaces'), refusal('CounterCard')]).toEqual([
      { code: 'not-set-up' },
      null,
      null,
    ]);
    serves('face-authority');
    expect([refusal('RPManual'), refusal('FACE')]).toEqual([null, { code: 'no-phone-page', verifier: 'countersign' }]);
    pages = ['countersign'];
    expect(refusal('FACE')).toBeNull();
    expect(refusal('PhoneCheck')).toEqual({
      code: 'no-operation',
      verifier: 'countersign',
      check: 'phone',
      materials: 'identity, phone',
    });
  });
});

describe('a scene that is put', () => {
  it('is added, changed, made that of whoever walks up, and removed', () => {
    expect(put(LOBBY).ok).toBe(true);
    expect(put({ ...LOBBY, far: 1e-5 }, 'lobby').ok).toBe(true);
    const moved = expectOk(handlers()['admin:walk-up-scene']({ id: 'lobby' }) as Answer);
    expect(moved.scenes.map(({ scene, walkUp }) => [scene.id, walkUp])).toEqual([
      ['lobby', true],
      ['counter', false],
    ]);
    expect(handlers()['admin:remove-scene']({ id: 'lobby' })).toMatchObject({ error: { code: 'request.invalid' } });
    expect(expectOk(handlers()['admin:remove-scene']({ id: 'counter' }) as Answer).scenes).toHaveLength(1);
    expect(changed).toBe(4);
  });

  it.each([
    ['scene.impossible', 'scheme: scheme-unknown (NoSuch)', { scheme: 'NoSuch' }],
    ['scheme.not-served', 'scheme: no-verifier (face-authority)', { scheme: 'RPManual' }],
    ['scene.impossible', 'returnsFace: face-return-needs-destination', { returnsFace: true }],
    [
      'scene.impossible',
      'oncePerIdentity: once-needs-identity (ever)',
      { scheme: 'LightLiveness', oncePerIdentity: 'ever' },
    ],
  ] as const)('is refused: %s, %s', (code, detail, change) => {
    expect(put({ ...LOBBY, ...change })).toEqual(err(failure(code, detail)));
    expect(all().scenes).toHaveLength(1);
    expect(changed).toBe(0);
  });

  it('may be changed while something that it needs is away', () => {
    serves('face-authority');
    expect(put({ ...LOBBY, scheme: 'RPManual' }).ok).toBe(true);
    policy = null;
    expect(all().scenes[1]?.problems).toEqual([{ field: 'scheme', rule: 'no-verifier', detail: 'face-authority' }]);
    expect(put({ ...LOBBY, scheme: 'RPManual', retentionDays: 30 }, 'lobby').ok).toBe(true);
    expect(put({ ...LOBBY, scheme: 'RPManual', returnsFace: true }, 'lobby').ok).toBe(false);
  });

  it('keeps its id and, unless that is confirmed, its scheme once it has records', () => {
    expectOk(installation.records.commit(sampleRecord(1)));
    serves('face-authority');
    expect(put({ ...DEFAULT_SCENE, id: 'renamed' }, 'counter')).toEqual(invalid('id: fixed, 1 records use it'));
    const next = { ...DEFAULT_SCENE, scheme: 'RPManual' };
    expect(put(next, 'counter')).toEqual(invalid('confirmed: 1 records were made by CounterCard'));
    expect(put(next, 'counter', true).ok).toBe(true);
    const entry = installation.database
      .prepare("SELECT entry FROM audit WHERE entry LIKE '%scene.scheme-changed%'")
      .pluck()
      .get() as string;
    expect((JSON.parse(entry) as { detail: unknown }).detail).toEqual({
      sceneId: 'counter',
      from: 'CounterCard',
      to: 'RPManual',
      records: 1,
    });
    expect(put(LOBBY).ok).toBe(true);
    expectOk(handlers()['admin:walk-up-scene']({ id: 'lobby' }) as Answer);
    expect(handlers()['admin:remove-scene']({ id: 'counter' })).toEqual(
      invalid('id: 1 records use this scene, so it stays'),
    );
  });

  it('can not be that of whoever walks up where a caller has to begin it', () => {
    serves('face-authority');
    expect(put({ ...LOBBY, scheme: 'RPBioOnly' }).ok).toBe(true);
    expect(handlers()['admin:walk-up-scene']({ id: 'lobby' })).toEqual(
      err(failure('scene.impossible', 'scheme: walk-up-needs-request (name, number)')),
    );
    serves('face-authority', 'face-reference');
    expect(put({ ...DEFAULT_SCENE, scheme: 'CompareFaces' }, 'counter')).toEqual(
      err(failure('scene.impossible', 'scheme: walk-up-needs-person (CompareFaces)')),
    );
  });

  it('is looked at before it is saved', () => {
    expect(handlers()['admin:check-scene']({ scene: { ...LOBBY, fallbacks: ['phone-hand-off'] } })).toEqual(
      ok([{ field: 'fallbacks.0', rule: 'hand-off-not-offered' }]),
    );
  });
});

describe('a scheme that is put', () => {
  const putScheme = (scheme: Scheme): Answer => handlers()['admin:put-scheme']({ scheme }) as Answer;
  const removeScheme = (id: string): Answer => handlers()['admin:remove-scheme']({ id }) as Answer;

  it('is added, used and removed', () => {
    serves('face-authority');
    expect(putScheme(OUR_OWN).ok).toBe(true);
    expect(put({ ...LOBBY, scheme: 'OurOwn' }).ok).toBe(true);
    expect(removeScheme('OurOwn')).toEqual(invalid('id: scene lobby uses it'));
    expectOk(handlers()['admin:remove-scene']({ id: 'lobby' }) as Answer);
    expect(removeScheme('OurOwn').ok).toBe(true);
    expect(removeScheme('OurOwn')).toEqual(invalid('id: there is no such scheme'));
  });

  it('leaves what comes with the program as it is', () => {
    expect(putScheme({ ...OUR_OWN, id: 'RPBasic' })).toEqual(
      err(failure('scene.impossible', 'id: id-taken (RPBasic)')),
    );
    expect(removeScheme('RPBasic')).toEqual(invalid('id: it comes with the program'));
  });

  it('is refused with field and rule', () => {
    expect(putScheme({ ...OUR_OWN, check: null, reference: 'none' })).toEqual(
      err(failure('scene.impossible', 'check: verifier-needs-check')),
    );
    expect(handlers()['admin:check-scheme']({ scheme: OUR_OWN })).toEqual(ok([]));
  });

  it('stays what it was once records were made by it, and fits the scenes that use it', () => {
    serves('face-authority');
    expectOk(putScheme(OUR_OWN));
    expectOk(put({ ...LOBBY, scheme: 'OurOwn', oncePerIdentity: 'day' }));
    const nobody = { ...presetScheme('LR_FR')!, id: 'OurOwn', family: 'composed' } as const;
    expect(putScheme(nobody)).toEqual(
      err(failure('scene.impossible', 'scene lobby, oncePerIdentity: once-needs-identity')),
    );
    expect(putScheme({ ...OUR_OWN, liveness: ['silent'] }).ok).toBe(true);
    expectOk(installation.records.commit(sampleRecord(1, 'ok.matched', { sceneId: 'lobby', scheme: 'OurOwn' })));
    expect(putScheme(OUR_OWN)).toEqual(
      invalid('id: 1 records of scene lobby were made by it; save it under another id'),
    );
  });

  it('can not go while a rule steps up to it', () => {
    expectOk(putScheme(OUR_OWN));
    const effect = { kind: 'step-up', scheme: 'OurOwn' } as const;
    const when = { kind: 'virtual-camera' } as const;
    const rules = [{ id: 'stronger', enabled: true, sceneIds: null, when, effect }];
    expectOk(installation.settings.write('risk', { rememberFaces: false, rules }));
    expect(removeScheme('OurOwn')).toEqual(invalid('id: the rule stronger steps up to it'));
  });
});
