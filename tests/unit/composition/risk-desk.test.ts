import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRiskDesk, type RiskService } from '../../../src/main/composition/risk-desk.ts';
import { riskHandlers } from '../../../src/main/composition/admin-risk-handlers.ts';
import { tryPolicy } from '../../../src/main/composition/risk-dry-run.ts';
import { REFUSED_BEFOREHAND, STILL_OPEN } from '../../../src/main/risk/attempt-counting.ts';
import { createSettingsStore, type SettingsStore } from '../../../src/main/settings/settings.ts';
import { createRiskQueries, type RiskQueries } from '../../../src/main/store/risk-queries.ts';
import type { CameraSign } from '../../../src/shared/domain/camera-identity.ts';
import type { RiskCondition, RiskEffect, RiskPolicy } from '../../../src/shared/domain/risk.ts';
import { DEFAULT_SCENE, type Scene } from '../../../src/shared/domain/scene.ts';
import { failure, type ReasonCode } from '../../../src/shared/reasons.ts';
import { err, ok } from '../../../src/shared/result.ts';
import { manualClock, type ManualClock } from '../../support/manual-clock.ts';
import { sampleCertifyId, sampleRecord } from '../../support/sample-records.ts';
import { expectOk, openSampleStore, temporaryFolder, type SampleStore } from '../../support/sample-store.ts';

const HOUR_MS = 3_600_000;
const NOON_MS = new Date(2026, 2, 2, 12).getTime();
const SOMEBODY = 'ab'.repeat(32);
const ELSE = 'cd'.repeat(32);

let folder: ReturnType<typeof temporaryFolder>;
let store: SampleStore;
let settings: SettingsStore;
let clock: ManualClock;
let desk: RiskService;
let signs: readonly CameraSign[];
let template: Float32Array | null;
let number: number;

beforeEach(() => {
  folder = temporaryFolder();
  clock = manualClock(NOON_MS);
  store = openSampleStore(folder.path, { clock });
  settings = createSettingsStore(store.settingRows);
  signs = [];
  template = null;
  number = 0;
  desk = restarted();
});
afterEach(() => {
  store.database.close();
  folder.remove();
});

function restarted(counted?: RiskQueries): RiskService {
  return createRiskDesk({
    settings,
    queries: counted ?? createRiskQueries(store.database, { excluded: REFUSED_BEFOREHAND, open: STILL_OPEN }),
    clock,
    cameraSigns: () => signs,
    faces: {
      faceTemplate: async () =>
        template ? ok(new Float32Array(template)) : err(failure('capture.too-few-frames', 'no neutral frame')),
      compareFaces: (a, b) => (a[0] === b[0] ? 'same' : 'different'),
    },
  });
}

function hold(when: RiskCondition, effect: RiskEffect = { kind: 'review' }, rememberFaces = false): RiskPolicy {
  const policy = { rememberFaces, rules: [{ id: 'the-rule', enabled: true, sceneIds: null, when, effect }] };
  expectOk(settings.write('risk', policy));
  return policy;
}

function ended(reason: ReasonCode, atMs = clock.wallMs(), subjectKey: string | null = SOMEBODY): string {
  number += 1;
  const subject = subjectKey === null ? null : { nameMasked: '测*员', numberMasked: '110***********1234', subjectKey };
  const record = sampleRecord(number, reason, { startedAtMs: atMs, decidedAtMs: atMs, subject });
  expectOk(store.records.commit(record));
  return record.certifyId;
}

function atIdentity(change: Partial<Scene> = {}, subjectKey = SOMEBODY) {
  return desk.atIdentity({ certifyId: sampleCertifyId(999), scene: { ...DEFAULT_SCENE, ...change } }, subjectKey);
}
function atFace(subjectKey: string | null = SOMEBODY) {
  return desk.atFace({ certifyId: sampleCertifyId(999), scene: DEFAULT_SCENE }, subjectKey);
}
const found = (measured: number | null, limit: number | null, kind: string) =>
  ok({
    effect: { kind: 'review' },
    findings: [{ rule: 'the-rule', kind, effect: 'review', measured, limit }],
  });
const NOTHING = ok({ effect: null, findings: [] });

describe('before anything', () => {
  it('counts what did not pass on this terminal', () => {
    hold({ kind: 'terminal-attempts', atLeast: 2, hours: 1 });
    ended('face.low-similarity', NOON_MS - 2 * HOUR_MS);
    ended('ok.matched');
    ended('face.low-similarity', clock.wallMs(), ELSE);
    expect(desk.atStart('counter')).toEqual(NOTHING);
    ended('face.low-similarity', clock.wallMs(), null);
    expect(desk.atStart('counter')).toEqual(found(2, 2, 'terminal-attempts'));
  });

  it('keeps hours', () => {
    hold({ kind: 'hours', from: '13:00', to: '18:00' });
    expect(desk.atStart('counter')).toEqual(found(null, null, 'hours'));
    clock.advance(HOUR_MS);
    expect(desk.atStart('counter')).toEqual(NOTHING);
  });

  it('notices a camera that was accepted lately', () => {
    hold({ kind: 'camera-changed', hours: 24 });
    expect(desk.atStart('counter')).toEqual(NOTHING);
    const pin = { identity: 'usb:0000:0001:A', label: 'camera', pinnedAtMs: NOON_MS - 3 * HOUR_MS };
    expectOk(settings.write('camera-trust', { policy: 'require-pinned', pin }));
    expect(desk.atStart('counter')).toEqual(found(3, 24, 'camera-changed'));
    clock.advance(21 * HOUR_MS);
    expect(desk.atStart('counter')).toEqual(NOTHING);
  });

  it('notices a clock that was moved while it runs, and one that was set back while it did not', () => {
    hold({ kind: 'clock', minutes: 10 });
    ended('ok.matched');
    clock.setWall(NOON_MS + HOUR_MS);
    expect(desk.atStart('counter')).toEqual(found(60, 10, 'clock'));
    clock.setWall(NOON_MS - 2 * HOUR_MS);
    desk = restarted();
    expect(desk.atStart('counter')).toEqual(found(120, 10, 'clock'));
  });

  it('takes a count that failed for a failure, whatever is counted', () => {
    const broken = err(failure('store.unavailable', 'SQLITE_BUSY'));
    const fails = () => broken;
    desk = restarted({
      personAttempts: fails,
      terminalAttempts: fails,
      passes: fails,
      liftedAtMs: () => ok(null),
      latestStartMs: fails,
    });
    for (const when of [
      { kind: 'terminal-attempts', atLeast: 2, hours: 1 } as const,
      { kind: 'clock', minutes: 1 } as const,
    ]) {
      hold(when);
      expect(desk.atStart('counter')).toEqual(broken);
    }
    expect(atIdentity()).toEqual(broken);
    const unlimited = { attempts: { perVisit: 1, perPersonDay: null } };
    expect(atIdentity({ ...unlimited, oncePerIdentity: 'ever' })).toEqual(broken);
    hold({ kind: 'person-attempts', atLeast: 2, hours: 24 });
    expect(atIdentity(unlimited)).toEqual(broken);
  });
});

describe('once somebody is identified', () => {
  it('counts attempts of one person, and no refusals to begin', () => {
    hold({ kind: 'person-attempts', atLeast: 2, hours: 24 });
    ended('face.low-similarity', NOON_MS - 23 * HOUR_MS);
    ended('attempts.person-day');
    ended('risk.blocked');
    ended('face.low-similarity', clock.wallMs(), ELSE);
    expect(atIdentity()).toEqual(NOTHING);
    ended('user.timed-out');
    expect(atIdentity()).toEqual(found(2, 2, 'person-attempts'));
    expect(atIdentity({}, ELSE)).toEqual(NOTHING);
  });

  const LIMITED = { attempts: { perVisit: 1, perPersonDay: 2 } };

  it('ends the day of whoever has tried too often, until it is lifted', () => {
    const certifyId = ended('face.low-similarity');
    ended('face.low-similarity', new Date(2026, 2, 1, 23, 59).getTime());
    expect(atIdentity(LIMITED)).toEqual(NOTHING);
    ended('face.low-similarity');
    expect(atIdentity(LIMITED)).toEqual(err(failure('attempts.person-day', '2 of 2 today')));
    expect(atIdentity({ attempts: { perVisit: 1, perPersonDay: null } })).toEqual(NOTHING);
    clock.advance(1_000);
    const parts = { installation: { ...store, settings }, clock, onSettings: () => undefined };
    expect(riskHandlers(parts)['admin:lift-limit']({ certifyId })).toEqual(ok(null));
    expect(atIdentity(LIMITED)).toEqual(NOTHING);
    clock.advance(1_000);
    ended('face.low-similarity');
    ended('face.low-similarity');
    expect(atIdentity(LIMITED)).toMatchObject({ error: { code: 'attempts.person-day' } });
  });

  it('begins no new day for a clock that was moved over midnight', () => {
    ended('face.low-similarity');
    ended('face.low-similarity');
    clock.setWall(NOON_MS + 13 * HOUR_MS);
    expect(atIdentity(LIMITED)).toMatchObject({ error: { code: 'attempts.person-day' } });
    desk = restarted();
    expect(atIdentity(LIMITED)).toEqual(NOTHING);
  });

  it('lets one identity pass once in a scene', () => {
    ended('ok.matched', NOON_MS - 24 * HOUR_MS);
    expect(atIdentity({ oncePerIdentity: 'day' })).toEqual(NOTHING);
    expect(atIdentity({ oncePerIdentity: 'ever', id: 'other' })).toEqual(NOTHING);
    expect(atIdentity({ oncePerIdentity: 'ever' })).toMatchObject({ error: { code: 'identity.already-used' } });
    expect(atIdentity({ oncePerIdentity: 'ever' }, ELSE)).toEqual(NOTHING);
  });

  it('leaves it to a clerk whether an identity is used up that the verifier still has to decide on', () => {
    expectOk(settings.write('risk', { rememberFaces: false, rules: [] }));
    ended('verification.captured');
    expect(atIdentity({ oncePerIdentity: 'day' })).toEqual(
      ok({
        effect: { kind: 'review' },
        findings: [{ rule: 'once-per-identity', kind: 'once-per-identity', effect: 'review', measured: 1, limit: 1 }],
      }),
    );
  });

  it('takes settings that can not be read for a failure', () => {
    store.settingRows.write('risk', '{', false);
    expect(atIdentity()).toMatchObject({ error: { code: 'store.corrupt' } });
    expect(desk.atStart('counter')).toMatchObject({ error: { code: 'store.corrupt' } });
  });
});

describe('once a face is known to be alive', () => {
  it('finds signs that no real camera shows', async () => {
    hold({ kind: 'virtual-camera' });
    signs = ['no-controls', 'even-timing'];
    expect(await atFace()).toEqual(NOTHING);
    signs = ['virtual-name'];
    expect(await atFace()).toEqual(found(1, 1, 'virtual-camera'));
  });

  it('finds several numbers of one face, only among those it was allowed to remember', async () => {
    const when = { kind: 'face-numbers', atLeast: 2, hours: 1 } as const;
    hold(when);
    template = new Float32Array([1]);
    expect(await atFace('a')).toEqual(NOTHING);
    hold(when, { kind: 'review' }, true);
    expect(await atFace('b')).toEqual(NOTHING);
    expect(await atFace('b')).toEqual(NOTHING);
    expect(await atFace('c')).toEqual(found(2, 2, 'face-numbers'));
    desk.forget('b');
    desk.forget('c');
    expect(await atFace('d')).toEqual(NOTHING);
  });

  it('finds several faces of one number, and forgets all once that is not allowed any more', async () => {
    const when = { kind: 'number-faces', atLeast: 2, hours: 1 } as const;
    hold(when, { kind: 'review' }, true);
    template = new Float32Array([1]);
    expect(await atFace()).toEqual(NOTHING);
    template = new Float32Array([2]);
    expect(await atFace()).toEqual(found(2, 2, 'number-faces'));
    hold(when);
    await atFace();
    hold(when, { kind: 'review' }, true);
    expect(await atFace()).toEqual(NOTHING);
  });

  it('remembers no face of whoever only tries the terminal out', async () => {
    hold({ kind: 'face-numbers', atLeast: 2, hours: 1 }, { kind: 'review' }, true);
    template = new Float32Array([1]);
    const test = { certifyId: sampleCertifyId(998), scene: DEFAULT_SCENE, test: true };
    expect(await desk.atFace(test, 'a')).toEqual(NOTHING);
    expect(await atFace('b')).toEqual(NOTHING);
    expect(await atFace('c')).toEqual(found(2, 2, 'face-numbers'));
  });

  it('takes a face that could not be looked at for a failure', async () => {
    hold({ kind: 'number-faces', atLeast: 2, hours: 1 }, { kind: 'review' }, true);
    expect(await atFace()).toMatchObject({ error: { code: 'capture.too-few-frames' } });
  });
});

describe('a dry run over records', () => {
  it('finds what rules would have found, with only what was known at the time', async () => {
    const policy = hold({ kind: 'person-attempts', atLeast: 2, hours: 24 }, { kind: 'block' });
    const day = 24 * HOUR_MS;
    ended('face.low-similarity', NOON_MS - 3 * day - HOUR_MS);
    ended('face.low-similarity', NOON_MS - 3 * day - HOUR_MS);
    const blocked = ended('ok.matched', NOON_MS - 3 * day + HOUR_MS);
    ended('ok.matched', NOON_MS - HOUR_MS);
    expect(await tryPolicy({ database: store.database, settings }, policy, 3, NOON_MS)).toEqual(
      ok({
        records: 2,
        untried: [],
        hits: [
          {
            rule: 'the-rule',
            effect: 'block',
            count: 1,
            passed: 1,
            examples: [
              {
                certifyId: blocked,
                atMs: NOON_MS - 3 * day + HOUR_MS,
                finding: { rule: 'the-rule', kind: 'person-attempts', effect: 'block', measured: 2, limit: 2 },
              },
            ],
          },
        ],
      }),
    );
  });

  it.each([
    [{ kind: 'terminal-attempts', atLeast: 3, hours: 2 }, 3],
    [{ kind: 'hours', from: '09:00', to: '12:00' }, 5],
    [{ kind: 'clock', minutes: 30 }, 1],
    [{ kind: 'virtual-camera' }, 0],
    [{ kind: 'camera-changed', hours: 1 }, 0],
  ] as const)('%j finds %i', async (when, count) => {
    const policy = hold(when);
    for (let index = 0; index < 5; index += 1) ended('face.low-similarity', NOON_MS + index * 1_000);
    ended('ok.matched', NOON_MS - HOUR_MS);
    const run = expectOk(await tryPolicy({ database: store.database, settings }, policy, 1, NOON_MS + HOUR_MS));
    expect(run.records).toBe(6);
    expect(run.hits[0]?.count).toBe(count);
  });

  it('leaves out who only tried the terminal out', async () => {
    const policy = hold({ kind: 'hours', from: '00:00', to: '00:01' });
    expectOk(store.records.commit(sampleRecord(1, 'ok.matched', { startedAtMs: NOON_MS, test: true })));
    const run = expectOk(await tryPolicy({ database: store.database, settings }, policy, 1, NOON_MS + HOUR_MS));
    expect(run).toMatchObject({ records: 0 });
  });

  it('says which rules it can not try', async () => {
    const policy = hold({ kind: 'face-numbers', atLeast: 2, hours: 1 }, { kind: 'block' }, true);
    expect(await tryPolicy({ database: store.database, settings }, policy, 1, NOON_MS)).toEqual(
      ok({ records: 0, untried: ['the-rule'], hits: [] }),
    );
  });

  it('reads more records than a page has, and shows the latest twenty', async () => {
    const policy = hold({ kind: 'hours', from: '00:00', to: '00:01' });
    const insert = store.database.prepare(
      'INSERT INTO records (seq, certify_id, day, provisional, record) VALUES (?, ?, ?, 1, ?)',
    );
    store.database.transaction(() => {
      for (let index = 1; index <= 1_203; index += 1) {
        const record = sampleRecord(index, 'ok.matched', { startedAtMs: NOON_MS + index });
        insert.run(index, record.certifyId, '2026-03-02', JSON.stringify(record));
      }
    })();
    const run = expectOk(await tryPolicy({ database: store.database, settings }, policy, 1, NOON_MS + HOUR_MS));
    expect([run.records, run.hits[0]?.count, run.hits[0]?.passed, run.hits[0]?.examples.length]).toEqual([
      1_203, 1_203, 1_203, 20,
    ]);
    expect(run.hits[0]?.examples[0]?.certifyId).toBe(sampleCertifyId(1_203));
  });

  it('never takes a record that it can not read for none', async () => {
    const policy = hold({ kind: 'virtual-camera' });
    const damaged = sampleRecord(1, 'ok.matched', { startedAtMs: NOON_MS });
    const record = JSON.stringify(damaged).replace('"state":"passed"', '"state":"perhaps"');
    const insert = store.database.prepare(
      'INSERT INTO records (seq, certify_id, day, provisional, record) VALUES (1, ?, ?, 1, ?)',
    );
    insert.run(damaged.certifyId, '2026-03-02', record);
    expect(await tryPolicy({ database: store.database, settings }, policy, 1, NOON_MS + HOUR_MS)).toMatchObject({
      error: { code: 'store.corrupt' },
    });
  });
});

describe('a policy that is saved', () => {
  const handlers = () => riskHandlers({ installation: { ...store, settings }, clock, onSettings: () => undefined });
  const rule = { id: 'a', enabled: true, sceneIds: null, effect: { kind: 'review' } } as const;

  it.each([
    ['rules.0.sceneIds: there is no scene lobby', { ...rule, sceneIds: ['lobby'], when: { kind: 'virtual-camera' } }],
    [
      'rules.0.when: recent faces have to be remembered for this rule',
      { ...rule, when: { kind: 'number-faces', atLeast: 2, hours: 1 } },
    ],
    [
      'rules.0.effect.scheme: there is no scheme NoSuch',
      { ...rule, when: { kind: 'virtual-camera' }, effect: { kind: 'step-up', scheme: 'NoSuch' } },
    ],
    [
      'rules.0.effect.scheme: a stronger scheme names its liveness and is done before this camera',
      { ...rule, when: { kind: 'virtual-camera' }, effect: { kind: 'step-up', scheme: 'PhoneCheck' } },
    ],
  ] as const)('is refused: %s', (why, broken) => {
    const policy = { rememberFaces: false, rules: [broken] } as unknown as RiskPolicy;
    expect(handlers()['admin:save-risk'](policy)).toEqual(err(failure('request.invalid', why)));
  });

  it('is kept and read again', () => {
    const when = { kind: 'person-attempts', atLeast: 3, hours: 12 } as const;
    const policy: RiskPolicy = {
      rememberFaces: true,
      rules: [{ ...rule, when, effect: { kind: 'step-up', scheme: 'FaceInAdvanced' } }],
    };
    expect(handlers()['admin:save-risk'](policy)).toEqual(ok(policy));
    expect(handlers()['admin:risk'](null)).toEqual(ok(policy));
  });
});
