import { mkdtempSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAdminHandlers } from '../../../src/main/composition/admin-handlers.ts';
import { createDirectVerifierDesk } from '../../../src/main/composition/direct-verifier.ts';
import { openInstallation, type Installation } from '../../../src/main/composition/installation.ts';
import { PROVISIONING_FILE, takeProvisioning } from '../../../src/main/composition/provisioning.ts';
import { KEY_FILE_NAME, keyFile } from '../../../src/main/store/key-file.ts';
import { DEFAULT_SCENE } from '../../../src/shared/domain/scene.ts';
import type { DirectVerifierView, OfferedConfirmation } from '../../../src/shared/ipc/admin-outbox.ts';
import { expectOk } from '../../support/sample-store.ts';
import type { Policy } from '../../../src/shared/protocol/kv1.ts';
import { ADMIN_CHANNEL_NAMES } from '../../../src/shared/ipc/admin-channels.ts';
import { failure, type Failure } from '../../../src/shared/reasons.ts';
import { err, ok, type Result } from '../../../src/shared/result.ts';
import { manualClock, type ManualClock } from '../../support/manual-clock.ts';
import { SAMPLE_START_MS } from '../../support/sample-records.ts';
import { signInAtDesk } from '../../support/staff-sign-in.ts';

let folder = '';
let clock: ManualClock;
let installation: Installation;
let configured: unknown[] = [];
let enrolled: boolean;
let encodes: boolean;
let policy: Policy | null;
let busy = false;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-admin-'));
  clock = manualClock(SAMPLE_START_MS);
  const opened = openInstallation(folder, keyFile(join(folder, KEY_FILE_NAME), randomBytes), clock);
  if (!opened.ok) throw new Error(opened.error.code);
  installation = opened.value;
  configured = [];
  busy = false;
  enrolled = false;
  encodes = true;
  policy = null;
});
afterEach(() => {
  installation.close();
  rmSync(folder, { recursive: true, force: true });
});

function handlers(demo = false) {
  const status = {
    transport: null,
    state: 'off',
    samId: null,
    baud: null,
    service: null,
    simulated: false,
    failure: null,
  } as const;
  const verifier = {
    address: null,
    enrolled,
    deviceId: null,
    serverKeyFingerprint: null,
    unsent: 0,
    lastSyncAtMs: null,
    lastFailure: null,
  };
  return createAdminHandlers({
    installation,
    setupTest: {} as never,
    qualityPreview: {} as never,
    receiptPrinter: {} as never,
    upkeep: { dataFolder: folder } as never,
    adminPaper: null as never,
    chooseFile: () => Promise.resolve(null),
    microphoneTest: {} as never,
    staffCalls: { current: () => null },
    schemes: {
      desks: { faceReturns: { ready: () => false } },
      requests: {},
      faceReturn: {},
      erasures: {},
      subjects: {},
      handOffPages: () => [],
    } as never,
    reader: {
      configure: async ({ transport }) => void configured.push(transport),
      status: () => status,
      listPorts: async () => ok([]),
      test: async () => err(failure('user.timed-out')),
      simulate: async () => ok(null),
      presence: async () => 'unknown',
      detect: async () => ok([]),
      diagnose: async (transport) => ok({ transport, findings: [] }),
      tryPhotoDecoder: async () => err(failure('decoder.none')),
      read: async () => err(failure('user.cancelled')),
      isOccupied: async () => false,
      identity: () => null,
    },
    inference: { state: () => 'ready' } as never,
    digits: () => ({ use: 'additional', limit: 'no-recogniser', why: null }),
    sync: {
      start: () => undefined,
      stop: async () => undefined,
      kick: () => undefined,
      decisionQueued: () => undefined,
      online: () => false,
      expect: () => undefined,
      subjectErased: () => undefined,
      takeSeed: () => null,
      onConfirmed: () => undefined,
      status: () => ok(verifier),
      enrol: async () => err(failure('verifier.unreachable')),
      syncNow: async () => undefined,
      ask: () => undefined,
      onDecided: () => undefined,
      refusal: () => null,
      outbox: () => err(failure('internal.bug', 'not started')),
      setPaused: () => ok(null),
      resolve: async () => ok(null),
      policy: () => policy,
      client: () => null,
      answers: () => false,
    },
    direct: createDirectVerifierDesk({ settings: installation.settings, secrets: installation.secrets, clock }),
    encodesClips: () => encodes,
    cores: 4,
    clock,
    appVersion: '0',
    demo,
    documents: {} as never,
    travelDocuments: {} as never,
    camera: {} as never,
    simulatedCamera: () => null,
    busy: () => busy,
    onSettings: () => undefined,
  });
}

const invoke = (channel: string, request: unknown, demo = false): unknown =>
  (handlers(demo) as Record<string, (request: unknown) => unknown>)[channel]!(request);

const putScene = (scene: unknown): unknown =>
  invoke('admin:put-scene', { scene, replaces: DEFAULT_SCENE.id, confirmed: false });

describe('the admin channels', () => {
  it('answer nothing but the gate before somebody has signed in', async () => {
    const open = ['admin:gate', 'admin:brand', 'admin:create-first', 'admin:sign-in', 'admin:sign-out'];
    for (const channel of ADMIN_CHANNEL_NAMES.filter((name) => !open.includes(name))) {
      expect([channel, await invoke(channel, null)]).toEqual([channel, err(failure('staff.signed-out'))]);
    }
    expect(invoke('admin:gate', null)).toEqual(ok({ state: 'no-staff' }));
  });

  it('close again after ten idle minutes, however often the window asks by itself', async () => {
    expect(await signInAtDesk(installation.staff, 'admin')).toMatchObject({ state: 'signed-in' });
    for (let minute = 0; minute < 11; minute += 1) {
      clock.advance(60_000);
      await invoke('admin:system', null);
    }
    expect(invoke('admin:records', { offset: 0, limit: 1, state: null })).toMatchObject({ ok: false });
  });

  it('refuse a simulated reader outside of a demonstration, and any while somebody is being certified', async () => {
    await signInAtDesk(installation.staff, 'admin');
    const transport = { kind: 'simulated' } as const;
    expect(await invoke('admin:save-reader', { transport })).toMatchObject({ error: { code: 'request.invalid' } });
    expect(await invoke('admin:save-reader', { transport }, true)).toMatchObject({ ok: true });
    busy = true;
    expect(await invoke('admin:save-reader', { transport: null })).toMatchObject({ ok: false });
    expect(await invoke('admin:test-reader', null)).toMatchObject({ ok: false });
    expect(configured).toEqual([transport]);
  });

  it('check the audit chain and remember the result', async () => {
    await signInAtDesk(installation.staff, 'admin');
    const all = handlers();
    expect(await all['admin:verify-audit'](null)).toMatchObject({ ok: true, value: { ok: true, firstBadEntry: null } });
    expect(await all['admin:system'](null)).toMatchObject({ value: { audit: { ok: true }, databaseKey: 'key-file' } });
  });
});

describe('provisioning', () => {
  const file = (): string => join(folder, PROVISIONING_FILE);
  const enrolled: string[] = [];
  const enrol = async (address: string) => {
    enrolled.push(address);
    return ok(null);
  };

  it('is taken over once and then removed', async () => {
    const reader = { kind: 'tcp', host: '127.0.0.1', port: 4000 } as const;
    writeFileSync(file(), JSON.stringify({ reader, verifier: { address: 'http://127.0.0.1:1', code: 'ABCDEFGHIJ' } }));
    expect(await takeProvisioning(folder, installation, enrol)).toEqual(ok(true));
    expect(installation.settings.read('reader')).toEqual(ok(reader));
    expect(enrolled).toEqual(['http://127.0.0.1:1']);
    expect(existsSync(file())).toBe(false);
    expect(await takeProvisioning(folder, installation, enrol)).toEqual(ok(false));
  });

  it.each([
    ['not JSON', '{', 'the file'],
    ['an unknown field', '{"colour":1}', 'the file'],
    ['a bad scene', '{"scene":{"id":"a b"}}', 'scene.id'],
  ])('names what is wrong with %s, and stays', async (_name, text, field) => {
    writeFileSync(file(), text);
    const taken = await takeProvisioning(folder, installation, enrol);
    expect(taken).toMatchObject({ ok: false, error: { code: 'request.invalid' } });
    expect(taken.ok ? '' : taken.error.detail).toContain(`${PROVISIONING_FILE}: ${field}`);
    expect(existsSync(file())).toBe(true);
  });

  it('is tried again when the verifier could not be reached', async () => {
    writeFileSync(file(), JSON.stringify({ verifier: { address: 'http://127.0.0.1:1', code: 'ABCDEFGHIJ' } }));
    const unreachable = err(failure('verifier.unreachable'));
    expect(await takeProvisioning(folder, installation, async () => unreachable)).toEqual(unreachable);
    expect(existsSync(file())).toBe(true);
  });
});

describe('what a scene can have confirmed', () => {
  const offered: Policy = {
    policyVersion: 3,
    maxBatchItems: 50,
    maxAgeMs: 1,
    checks: [
      { check: 'face-authority', verifier: 'aliyun', operation: 'ContrastFaceVerify' },
      { check: 'video-authority', verifier: 'aliyun', operation: 'ContrastFaceVerify' },
    ],
  };
  const refusalOf = (check: string): unknown => {
    const answer = invoke('admin:confirmations', null) as Result<readonly OfferedConfirmation[], Failure>;
    if (!answer.ok) throw new Error(answer.error.code);
    const offer = answer.value.find((each) => each.check === check);
    return offer?.servedBy ?? offer?.refusal?.code;
  };

  beforeEach(async () => {
    await signInAtDesk(installation.staff, 'admin');
  });

  it('is nothing without a verifier, and nothing before it has said what it offers', () => {
    expect(refusalOf('face-authority')).toBe('verifier.not-enrolled');
    enrolled = true;
    expect(refusalOf('face-authority')).toBe('verifier.unreachable');
  });

  it('names who answers, what nobody answers, and what this machine can not make', () => {
    enrolled = true;
    policy = offered;
    encodes = false;
    expect(['face-authority', 'identity', 'video-authority'].map(refusalOf)).toEqual([
      'aliyun · ContrastFaceVerify',
      'verifier.unsupported',
      'capture.clip-unavailable',
    ]);
  });

  it('is refused when the scene is saved, not at the counter', () => {
    enrolled = true;
    policy = offered;
    encodes = false;
    const save = (confirmation: string): unknown => putScene({ ...DEFAULT_SCENE, confirmation });
    expect(save('identity')).toMatchObject({ ok: false, error: { code: 'scene.impossible' } });
    expect(save('video-authority')).toMatchObject({ ok: false, error: { code: 'capture.clip-unavailable' } });
    expect(save('face-authority')).toMatchObject({ ok: true });
  });

  it('is refused with a liveness plan whose clips the verifier would not take', () => {
    enrolled = true;
    encodes = true;
    const save = (mode: string, fallback: readonly string[] = []): unknown => {
      const liveness = { mode, fallback, actions: 2 };
      return putScene({ ...DEFAULT_SCENE, confirmation: 'video-authority', liveness });
    };
    const refused = (detail: RegExp): object => ({
      error: { code: 'capture.clip-unavailable', detail: expect.stringMatching(detail) as string },
    });
    policy = offered;
    expect(save('light', ['action'])).toMatchObject(refused(/^light: aliyun-id-min-video needs a blink/));
    expect(save('light-blink', ['silent'])).toMatchObject(refused(/^silent: aliyun-id-min-video needs a blink/));
    expect(save('light-blink', ['action'])).toMatchObject({ ok: true });
    const checks = [{ check: 'video-authority', verifier: 'tencent', operation: 'LivenessRecognition' }];
    policy = { ...offered, checks };
    expect(save('light', ['action'])).toMatchObject({ ok: true });
    policy = { ...offered, checks: [{ ...checks[0]!, verifier: 'somebody' }] };
    expect(save('light', ['action'])).toMatchObject(refused(/^light: .*aliyun-id-min-video.* needs a blink/));
  });
});

describe('a vendor that is asked directly', () => {
  const aliyun = { vendor: 'aliyun', scenes: { ID_MIN: 1_000_001 } } as const;
  const keys = { accessKeyId: 'test-id', secretAccessKey: 'test-secret' };
  const save = (setting: unknown, given: unknown): unknown =>
    invoke('admin:save-direct-verifier', { setting, keys: given });

  beforeEach(async () => {
    await signInAtDesk(installation.staff, 'admin');
  });

  it('answers what it is set up for, and its keys are never given back', () => {
    const saved = save(aliyun, keys) as Result<DirectVerifierView, Failure>;
    if (!saved.ok) throw new Error(saved.error.code);
    expect(saved.value).toMatchObject({ setting: aliyun, keysKept: true, failure: null });
    expect(saved.value.checks).toContainEqual({ check: 'face-authority', operation: 'ContrastFaceVerify' });
    expect(JSON.stringify(saved.value)).not.toContain('test-');
    expect(putScene({ ...DEFAULT_SCENE, confirmation: 'face-authority' })).toMatchObject({
      ok: true,
    });
  });

  it('keeps its keys when only its setting changes, and drops them with another vendor', () => {
    save(aliyun, keys);
    expect(save({ ...aliyun, phoneDetail: true }, null)).toMatchObject({ value: { keysKept: true, failure: null } });
    expect(save({ vendor: 'tencent', region: 'ap-guangzhou' }, null)).toMatchObject({
      value: { keysKept: false, failure: { code: 'verifier.misconfigured' } },
    });
  });

  it('takes new keys at once', () => {
    save(aliyun, keys);
    const desk = createDirectVerifierDesk({ settings: installation.settings, secrets: installation.secrets, clock });
    const before = desk.verifier();
    desk.save(aliyun, { accessKeyId: 'other-id', secretAccessKey: 'same-length' });
    const after = desk.verifier();
    expect(before.ok && after.ok && before.value !== after.value).toBe(true);
  });

  it('takes keys of the same length that another process has kept, and makes nothing anew without need', () => {
    save(aliyun, keys);
    const parts = { settings: installation.settings, secrets: installation.secrets, clock };
    const [desk, other] = [createDirectVerifierDesk(parts), createDirectVerifierDesk(parts)];
    const before = expectOk(desk.verifier());
    expect(expectOk(desk.verifier())).toBe(before);
    const turned = keys.secretAccessKey.split('').toReversed().join('');
    expectOk(other.save(aliyun, { ...keys, secretAccessKey: turned }));
    const renewed = expectOk(desk.verifier());
    expect(renewed).not.toBe(before);
    expectOk(other.save(aliyun, { ...keys, secretAccessKey: turned, securityToken: 'token' }));
    expect(expectOk(desk.verifier())).not.toBe(renewed);
  });
});
