import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEvidenceKeeper, type EvidenceSource } from '../../../src/main/composition/evidence-keeper.ts';
import { openInstallation, type Installation } from '../../../src/main/composition/installation.ts';
import type { ClipProgram } from '../../../src/main/clip/ffmpeg.ts';
import type { RecordedClip } from '../../../src/shared/domain/clip.ts';
import { KEY_FILE_NAME, keyFile } from '../../../src/main/store/key-file.ts';
import { DEFAULT_SCENE, type EvidencePolicy, type Scene } from '../../../src/shared/domain/scene.ts';
import { failure } from '../../../src/shared/reasons.ts';
import { err, ok } from '../../../src/shared/result.ts';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { manualClock, type ManualClock } from '../../support/manual-clock.ts';
import { sampleMp4 } from '../../support/sample-mp4.ts';
import { sampleRecord } from '../../support/sample-records.ts';
import { expectOk, temporaryFolder } from '../../support/sample-store.ts';

const DAY_MS = 86_400_000;
const camera = { width: 640, height: 480, label: 'camera' };
let folder: ReturnType<typeof temporaryFolder>;
let clock: ManualClock;
let installation: Installation;
let logged: string[];

beforeEach(() => {
  folder = temporaryFolder();
  clock = manualClock(sampleRecord(1).startedAtMs);
  logged = [];
  const source = keyFile(join(folder.path, KEY_FILE_NAME), () => randomBytes(32));
  installation = expectOk(openInstallation(folder.path, source, clock));
});

afterEach(() => {
  installation.close();
  folder.remove();
});

const bytes = (value: number): Uint8Array => new Uint8Array(100).fill(value);

function keeper(changes: Partial<EvidenceSource> = {}, clipProgram: ClipProgram | null = null) {
  const source: EvidenceSource = {
    takeRecording: async () =>
      ok({ sessions: [{ kind: 'light', files: [{ name: 'session.json', bytes: bytes(1) }] }] }),
    bestFrames: async () => ok({ frames: [{ jpeg: bytes(2), quality: 90, capturedAtMs: 5 }] }),
    ...changes,
  };
  return createEvidenceKeeper({
    vault: installation.vault,
    source,
    clipProgram: () => clipProgram,
    clock,
    retentionDaysOf: () => 30,
    log: (event, problem) => void logged.push(`${event} ${problem.code}`),
  });
}

function sceneThatKeeps(keep: EvidencePolicy['keep'], clip = true): Scene {
  return { ...DEFAULT_SCENE, retentionDays: 30, evidence: { keep, clip } };
}

function ended(number: number, keep: EvidencePolicy['keep']) {
  const record = sampleRecord(number);
  expectOk(installation.records.commit(record));
  return { record, scene: sceneThatKeeps(keep), portrait: bytes(3), documents: null, camera, clip: null };
}

async function bundlesOf(number: number): Promise<readonly string[]> {
  return expectOk(await installation.vault.list(sampleRecord(number).certifyId));
}

describe('the evidence of an ended certification', () => {
  it('is kept as the scene says, readable again and bound to its record', async () => {
    const first = ended(1, 'all');
    await keeper().keep(first);
    expect([...(await bundlesOf(1))].sort()).toEqual(['best-frames', 'portrait', 'session']);
    const session = expectOk(await installation.vault.read(first.record.certifyId, 'session'));
    expect(session?.map(({ name, bytes: held }) => [name, [...held]])).toEqual([
      ['1-light/session.json', [...bytes(1)]],
    ]);
    expect(logged).toEqual([]);
  });

  it('is nothing where the scene keeps none', async () => {
    await keeper().keep(ended(1, 'none'));
    expect(await bundlesOf(1)).toEqual([]);
  });

  it('loses one part without losing the others, and says which', async () => {
    await keeper({ takeRecording: async () => err(failure('inference.crashed')) }).keep(ended(1, 'all'));
    expect([...(await bundlesOf(1))].sort()).toEqual(['best-frames', 'portrait']);
    expect(logged).toEqual(['evidence: session inference.crashed']);
  });

  it('has the clip that the page made, or that was made of its parts', async () => {
    const mp4 = sampleMp4();
    const program: ClipProgram = { encode: async () => ok(sampleMp4()), recode: async () => ok(sampleMp4()) };
    const frames = [0, 30].map((capturedAtMs) => ({ jpeg: bytes(4), capturedAtMs }));
    const recorded: readonly RecordedClip[] = [
      { kind: 'mp4', bytes: sampleMp4() },
      { kind: 'parts', frames, pcm: null },
    ];
    for (const [number, clip] of recorded.entries()) {
      const capture = ended(number + 1, 'all');
      await keeper({}, program).keep({ ...capture, clip: async () => clip });
      const held = expectOk(await installation.vault.read(capture.record.certifyId, 'clip'));
      expect(held?.map(({ name }) => name)).toEqual(['clip.mp4', 'clip.json']);
      expect(Buffer.from(held![0]!.bytes).equals(mp4)).toBe(true);
    }
    expect(recorded[0]!.kind === 'mp4' && recorded[0]!.bytes.every((byte) => byte === 0)).toBe(true);
    expect(frames.every(({ jpeg }) => jpeg.every((byte) => byte === 0))).toBe(true);
    expect(logged).toEqual([]);
  });

  it.each([
    ['does not come', null],
    ['is no MP4 file', { kind: 'mp4', bytes: bytes(5) }],
    ['can not be encoded here', { kind: 'parts', frames: [], pcm: null }],
  ] as const)('has everything else when the clip %s', async (_, clip) => {
    await keeper().keep({ ...ended(1, 'all'), clip: async () => clip });
    expect([...(await bundlesOf(1))].sort()).toEqual(['best-frames', 'portrait', 'session']);
    expect(logged).toEqual(['evidence: clip capture.clip-unavailable']);
  });

  it('has no clip that only a caller or the verifier wants', async () => {
    const capture = { ...ended(1, 'all'), scene: sceneThatKeeps('all', false) };
    await keeper().keep({ ...capture, clip: async () => ({ kind: 'mp4', bytes: sampleMp4() }) });
    expect([...(await bundlesOf(1))].sort()).toEqual(['best-frames', 'portrait', 'session']);
    expect(logged).toEqual([]);
  });

  it('is gone when its time is over, and not a day before', async () => {
    const keep = keeper();
    await keep.keep(ended(1, 'all'));
    clock.advance(29 * DAY_MS);
    await keep.sweep(false);
    expect(await bundlesOf(1)).toHaveLength(3);
    clock.advance(2 * DAY_MS);
    await keep.sweep(true);
    expect(await bundlesOf(1)).toEqual([]);
    expect(logged).toEqual([]);
  });
});
