import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InferenceContract, RecordedChallengeFiles } from '../../../src/main/inference/contract.ts';
import { issueLightChallenge, LIGHT_SLOTS } from '../../../src/main/liveness/light-challenge.ts';
import { KEY_FILE_NAME } from '../../../src/main/store/key-file.ts';
import { bestFrameParts, sessionParts } from '../../../src/main/store/vault-parts.ts';
import { forkWorker } from '../../../src/main/worker-process/child-process.ts';
import type { WorkerProcess } from '../../../src/main/worker-process/endpoint.ts';
import { callerFor, type Caller } from '../../../src/main/worker-process/rpc.ts';
import type { SilentChallenge } from '../../../src/shared/domain/challenge.ts';
import type { Failure } from '../../../src/shared/reasons.ts';
import type { Result } from '../../../src/shared/result.ts';
import { faceCrop, litBy, screenLightAt, type StillPart } from '../../support/inference/lit-face.ts';
import { media, MODELS_FOLDER } from '../../support/inference/media.ts';
import { sampleCertifyId, sampleRecord } from '../../support/sample-records.ts';
import { expectOk, openSampleStore, SAMPLE_MASTER_KEY, temporaryFolder } from '../../support/sample-store.ts';
import { sampleVault } from '../../support/sample-vault.ts';
import { NODE_24 } from '../../support/source-verifier.ts';

const STILL = 'franck_01829.jpg';
const CAMERA = { width: 1280, height: 720, label: 'synthetic' };
const ID = sampleCertifyId(1);
const LAG_MS = 120;
const START_MS = 1_000.123;
/** No frame's time is a round number, so that a lost digit would show. */
const FRAME_MS = 100 / 3;
const captureId = ID;

const folder = temporaryFolder();
let worker: WorkerProcess;
let caller: Caller<InferenceContract>;
let crop: StillPart;

/** What the inference process found while it was recorded. */
let found: { light: unknown; silent: unknown; spoofMedian: unknown; continuityMin: unknown; spoofFrames: number };
let sessions: readonly RecordedChallengeFiles[];
let sent: { readonly rgb: Uint8Array; readonly capturedAtMs: number }[];

async function value<T>(pending: Promise<Result<T, Failure>>): Promise<T> {
  return expectOk(await pending);
}

/** What a command prints on standard output with `--json`, and its exit code. */
function countersign(...args: string[]): Promise<{ code: number; values: Record<string, unknown>[] }> {
  const program = join(process.cwd(), 'src/cli/main.ts');
  return new Promise((resolve) => {
    execFile(NODE_24, [program, ...args, '--json'], { maxBuffer: 10_000_000 }, (error, stdout) => {
      const lines = stdout.split('\n').filter((line) => line !== '');
      const values = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, values });
    });
  });
}

const throughJson = (of: unknown): unknown => JSON.parse(JSON.stringify(of));
const challenge = issueLightChallenge({
  randomBytes: (count) => new Uint8Array(randomBytes(count)),
  palette: 'vivid',
  slots: LIGHT_SLOTS[0],
});
const silent: SilentChallenge = { kind: 'silent', nonce: '0123456789abcdef'.repeat(2), durationMs: 1_500 };
const SILENT_FRAMES = 40;

async function playLight(): Promise<void> {
  const last = challenge.colours.at(-1)!;
  const lengthMs = last.startMs + last.durationMs + challenge.tailMs + LAG_MS;
  const still = await sharp(media(STILL)).resize(640, 512).removeAlpha().raw().toBuffer();
  sent = [];
  for (let i = 0; i * FRAME_MS < lengthMs; i += 1) {
    const light = screenLightAt(challenge, i * FRAME_MS - LAG_MS);
    const capturedAtMs = START_MS + i * FRAME_MS;
    const rgb = litBy(crop.rgb, light, i + 1);
    sent.push({ rgb: new Uint8Array(rgb), capturedAtMs });
    await value(caller.call('lightFrame', { captureId, ...crop, rgb, capturedAtMs }));
    if (i % 8 !== 0) continue;
    const jpeg = await sharp(litBy(still, light, i), { raw: { width: 640, height: 512, channels: 3 } })
      .jpeg({ quality: 90 })
      .toBuffer();
    const phase = i < 8 ? ('neutral' as const) : ('light' as const);
    await value(caller.call('addEvidence', { captureId, jpeg, capturedAtMs, phase }));
  }
}

async function playSilent(): Promise<void> {
  const { width, height } = crop;
  const face = {
    x: crop.face.x / width,
    y: crop.face.y / height,
    width: crop.face.width / width,
    height: crop.face.height / height,
  };
  await value(caller.call('beginChallenge', { captureId, challenge: silent }));
  for (let i = 0; i < SILENT_FRAMES; i += 1) {
    const jpeg = await sharp(litBy(crop.rgb, [0.4, 0.4, 0.4], 900 + i), { raw: { width, height, channels: 3 } })
      .jpeg({ quality: 85 })
      .toBuffer();
    await value(caller.call('challengeFrame', { captureId, jpeg, capturedAtMs: 9_000.7 + i * FRAME_MS * 2, face }));
  }
}

beforeAll(async () => {
  worker = forkWorker(join(process.cwd(), 'src/main/inference/worker.ts'));
  caller = callerFor<InferenceContract>(worker, { crashed: 'inference.crashed', late: 'inference.unavailable' });
  await value(caller.call('prepare', { modelsFolder: MODELS_FOLDER, threads: 1 }));
  const { faces } = await value(caller.call('inspect', { image: media(STILL) }));
  crop = await faceCrop(media(STILL), faces[0]!.box, 144);
  await value(caller.call('openCapture', { captureId, record: true }));
  await playLight();
  const display = challenge.colours.map(({ startMs }, index) => ({ index, shownAtMs: START_MS + startMs + 0.31 }));
  const light = await value(caller.call('judgeLight', { captureId, challenge, display }));
  await playSilent();
  const judged = await value(caller.call('judgeChallenge', { captureId }));
  const { spoofMedian, continuityMin, spoofScores } = await value(caller.call('summarise', { captureId }));
  found = { light, silent: judged, spoofMedian, continuityMin, spoofFrames: spoofScores.length };
  ({ sessions } = await value(caller.call('takeRecording', { captureId, camera: CAMERA })));
}, 180_000);
afterAll(() => {
  worker.kill();
  folder.remove();
});

describe('a recorded capture', () => {
  it('gives one session for every judged challenge, with everything that was sent', () => {
    expect(sessions.map(({ kind }) => kind)).toEqual(['light', 'silent']);
    const named = (index: number, prefix: string): number =>
      sessions[index]!.files.filter(({ name }) => name.startsWith(prefix)).length;
    expect([named(0, 'frames/'), named(1, 'frames/')]).toEqual([sent.length, SILENT_FRAMES]);
    expect(named(0, 'evidence/')).toBe(Math.ceil(sent.length / 8));
    const bytes = sessions[0]!.files.reduce((sum, file) => sum + file.bytes.length, 0);
    console.info(
      `light session: ${sessions[0]!.files.length} files, ${bytes} bytes, crops ${crop.width} × ${crop.height}`,
    );
    expect(sessions.every(({ files }) => files.at(-1)!.name === 'session.json')).toBe(true);
  });

  it('keeps the pixels of every light frame to the bit', async () => {
    const pictures = sessions[0]!.files.filter(({ name }) => name.startsWith('frames/'));
    for (const [i, { bytes }] of pictures.entries()) {
      const { data } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
      expect(Buffer.compare(data, sent[i]!.rgb), `frame ${i}`).toBe(0);
    }
  });

  it('is over once it was taken, and was never begun without being asked for', async () => {
    const again = await value(caller.call('takeRecording', { captureId, camera: CAMERA }));
    expect(again).toEqual({ sessions: [] });
    await value(caller.call('openCapture', { captureId: 'unrecorded' }));
    const refused = await caller.call('takeRecording', { captureId: 'unrecorded', camera: CAMERA });
    expect(refused).toMatchObject({ ok: false, error: { code: 'request.invalid' } });
  });

  it('gives its best neutral pictures, apart in time, and no others', async () => {
    const { frames } = await value(caller.call('bestFrames', { captureId, count: 10 }));
    expect(frames.length).toBe(1);
    expect(frames[0]!.capturedAtMs).toBe(START_MS);
    for (const count of [0, 11, 1.5]) {
      expect(await caller.call('bestFrames', { captureId, count })).toMatchObject({
        error: { code: 'request.invalid' },
      });
    }
  });
});

describe('kept in the vault and exported', () => {
  const out = join(folder.path, 'exported');
  const exportTo = (to: string, id = ID, ...more: string[]) =>
    countersign('records', 'session', id, '--data-folder', folder.path, '--out', to, ...more);

  beforeAll(async () => {
    const store = openSampleStore(folder.path);
    writeFileSync(join(folder.path, KEY_FILE_NAME), SAMPLE_MASTER_KEY, { mode: 0o600 });
    for (const number of [1, 2]) expectOk(store.records.commit(sampleRecord(number)));
    const vault = sampleVault(store, folder.path);
    const endMs = Date.now() + 1_000_000;
    expectOk(await vault.keep(ID, 'session', sessionParts(sessions), endMs));
    const { frames } = await value(caller.call('bestFrames', { captureId, count: 3 }));
    expectOk(await vault.keep(ID, 'best-frames', bestFrameParts(frames), endMs));
    store.database.close();
  });

  it('comes out as folders for the judge, for this user only', async () => {
    const exported = await exportTo(out);
    expect(exported).toMatchObject({
      code: 0,
      values: [{ certifyId: ID, sessions: [join(out, '1-light'), join(out, '2-silent')] }],
    });
    expect(readdirSync(join(out, 'best-frames'))).toEqual(['01.jpg', 'frames.json']);
    if (process.platform !== 'win32') {
      expect(statSync(out).mode & 0o777).toBe(0o700);
      expect(statSync(join(out, '1-light/session.json')).mode & 0o777).toBe(0o600);
    }
  });

  it('is judged again to the very same numbers', async () => {
    const judge = ['liveness', 'judge', '--models', MODELS_FOLDER];
    const { values } = await countersign(...judge, join(out, '1-light'), join(out, '2-silent'));
    expect(values.length).toBe(2);
    const [light, framed] = values.map(({ evidence }) => evidence as Record<string, unknown>);
    expect(light!['light']).toEqual(throughJson(found.light));
    expect(light!['light']).toMatchObject({ state: 'measured' });
    expect(light).toMatchObject({
      spoofMedian: found.spoofMedian,
      spoofFrames: found.spoofFrames,
      continuityMin: found.continuityMin,
    });
    expect(framed).toEqual(throughJson(found.silent));
    expect(framed).toMatchObject({ state: 'measured', kind: 'silent' });
  }, 120_000);

  it('is refused with a reason', async () => {
    const message = async (of: ReturnType<typeof exportTo>) => {
      const { code, values } = await of;
      return [code, (values[0]!['error'] as { message: string }).message];
    };
    const fresh = (name: string): string => join(folder.path, name);
    expect(await message(exportTo(out))).toEqual([2, `${out} is not empty`]);
    expect(await message(exportTo(fresh('a'), sampleCertifyId(2)))).toEqual([
      2,
      expect.stringContaining('no evidence of this certification is kept'),
    ]);
    expect(await message(exportTo(fresh('b'), sampleCertifyId(9)))).toEqual([2, expect.any(String)]);
    const otherKey = join(folder.path, 'other.key');
    writeFileSync(otherKey, Buffer.alloc(32, 3), { mode: 0o600 });
    const [code, wrong] = await message(exportTo(fresh('c'), ID, '--key-file', otherKey));
    expect([code, wrong]).toEqual([1, expect.stringContaining('does not open with this key')]);
  });
});
