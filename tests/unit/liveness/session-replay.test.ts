import { describe, expect, it } from 'vitest';
import type { LightChallenge } from '../../../src/shared/domain/challenge.ts';
import type { LightFrame } from '../../../src/shared/domain/liveness.ts';
import { failure } from '../../../src/shared/reasons.ts';
import { err, ok } from '../../../src/shared/result.ts';
import { issueLightChallenge } from '../../../src/main/liveness/light-challenge.ts';
import {
  readRecordedSession,
  writeRecordedSession,
  type SessionFolder,
} from '../../../src/main/liveness/recorded-session.ts';
import { createLightRecording } from '../../../src/main/liveness/light-recording.ts';
import { replaySession } from '../../../src/main/liveness/session-replay.ts';
import type { ReplayCapture, SessionVision } from '../../../src/main/liveness/session-vision.ts';
import { PLAIN_COLOUR_MATRIX } from '../../../src/main/liveness/stimulus.ts';
import { renderShadedFace } from '../../support/shaded-face.ts';
import { displayAsIssued, renderFrames, seededBytes } from './synthetic-light.ts';

function memoryFolder(): SessionFolder & { readonly files: Map<string, Uint8Array> } {
  const files = new Map<string, Uint8Array>();
  return {
    files,
    read: async (name) => files.get(name) ?? null,
    write: async (name, bytes) => void files.set(name, bytes),
  };
}

function challengeOf(seed: string): LightChallenge {
  return issueLightChallenge({ randomBytes: seededBytes(seed), palette: 'vivid', slots: 10 });
}

/** Finds the meshes that the frames were made with. */
function captureOf(frames: readonly LightFrame[]): ReplayCapture {
  const recording = createLightRecording();
  const scores: number[] = [];
  const none = err(failure('request.invalid', 'no challenge runs'));
  return {
    addEvidence: async () => {
      scores.push(0.9);
      return ok(null);
    },
    addLightFrame: async (frame) => {
      const mesh = frames.find(({ capturedAtMs }) => capturedAtMs === frame.capturedAtMs)?.mesh;
      recording.add(mesh ? { ...frame, mesh } : frame);
    },
    judgeLight: (challenge, display, calibration) => recording.judge(challenge, display, { calibration }),
    beginChallenge: () => undefined,
    challengeFrame: async () => none,
    challengeAudio: async () => none,
    judgeChallenge: async () => ({ state: 'unmeasured', reason: 'capture.no-face', detail: 'nobody looked' }),
    summarise: async () => ({
      spoofScores: scores,
      spoofMedian: scores[0] ?? null,
      continuityMin: scores.length > 1 ? 0.9 : null,
      framesWithoutFace: 0,
      framesWithSeveralFaces: 0,
    }),
    wipe: () => recording.wipe(),
  };
}

/** An "image" is the frame's number in the recording it came from. */
function visionOf(frames: readonly LightFrame[], seen: Partial<SessionVision> = {}): SessionVision {
  return {
    decode: async (image) => {
      const frame = frames[image[0]!];
      return frame ? ok(frame) : err(failure('inference.image-invalid'));
    },
    locateFace: async () => ({ box: frames[0]!.face, faces: 1 }),
    lookAt: async () => ({ liveScore: 0.9, embedding: Float32Array.of(1, 0) }),
    openCapture: () => captureOf(frames),
    ...seen,
  };
}

async function recordedFolder(challenge: LightChallenge, frames: readonly LightFrame[]) {
  const folder = memoryFolder();
  await writeRecordedSession(
    folder,
    {
      challenge: { ...challenge, issuedAt: 1_760_000_000_000 },
      camera: { width: 40, height: 40, label: 'synthetic' },
      display: displayAsIssued(challenge),
    },
    frames.map(({ capturedAtMs }, i) => ({ image: Uint8Array.of(i), extension: 'png' as const, capturedAtMs })),
  );
  return folder;
}

describe('recorded sessions', () => {
  const challenge = challengeOf('recorded');
  const frames = renderFrames({ challenge, seed: 1 });

  it('are read as they were written', async () => {
    const folder = await recordedFolder(challenge, frames);
    const read = await readRecordedSession(folder);
    if (!read.ok) throw new Error(read.error.detail);
    expect(read.value.version).toBe(1);
    expect(read.value.display).toEqual(displayAsIssued(challenge));
    expect(read.value.frames[3]).toEqual({ file: 'frames/0003.png', capturedAtMs: frames[3]!.capturedAtMs });
    expect([...folder.files.keys()].at(-1)).toBe('session.json');
  });

  it.each([
    ['no file', null],
    ['not JSON', '{'],
    ['another version', { version: 2 }],
    ['a frame outside of the folder', { frames: [{ file: '../x.png', capturedAtMs: 1 }] }],
    ['an absolute frame', { frames: [{ file: '/etc/x.png', capturedAtMs: 1 }] }],
    [
      'a colour out of range',
      { challenge: { ...challenge, colours: [{ rgb: [256, 0, 0], startMs: 0, durationMs: 1 }] } },
    ],
    ['a time that is no number', { display: [{ index: 0, shownAtMs: 'now' }] }],
  ])('are refused with %s', async (_name, change) => {
    const folder = await recordedFolder(challenge, frames);
    if (change === null) folder.files.delete('session.json');
    else if (typeof change === 'string') await folder.write('session.json', new TextEncoder().encode(change));
    else {
      const whole = JSON.parse(new TextDecoder().decode(folder.files.get('session.json'))) as object;
      await folder.write('session.json', new TextEncoder().encode(JSON.stringify({ ...whole, ...change })));
    }
    expect(await readRecordedSession(folder)).toMatchObject({ ok: false, error: { code: 'request.invalid' } });
  });
});

describe('replaying a session', () => {
  const challenge = challengeOf('replayed');
  const frames = renderShadedFace({ challenge, seed: 2, carrier: 'head' });

  async function verdictOf(seen: Partial<SessionVision>, shown = challenge) {
    const judged = await replaySession(await recordedFolder(shown, frames), visionOf(frames, seen));
    if (!judged.ok) throw new Error(judged.error.detail);
    return { verdict: judged.value.verdict, reasons: judged.value.reasons };
  }

  it('calls a genuine session live and the same frames under another challenge a spoof', async () => {
    expect(await verdictOf({})).toEqual({ verdict: 'live', reasons: [] });
    expect(await verdictOf({}, challengeOf('another'))).toEqual({
      verdict: 'spoof',
      reasons: ['liveness.code-mismatch'],
    });
  });

  it('weighs what the models see', async () => {
    let looked = 0;
    const swapped = async () => ({
      liveScore: 0.9,
      embedding: looked++ % 2 ? Float32Array.of(0, 1) : Float32Array.of(1, 0),
    });
    const spoofed = async () => ({ liveScore: 0.01, embedding: Float32Array.of(1, 0) });
    expect(await verdictOf({ lookAt: swapped })).toEqual({ verdict: 'spoof', reasons: ['liveness.face-swapped'] });
    expect(await verdictOf({ lookAt: spoofed })).toEqual({ verdict: 'spoof', reasons: ['liveness.spoof-suspected'] });
  });

  it('decides nothing without a face, with a face that leaves, with two, or without scores', async () => {
    let located = 0;
    const box = frames[0]!.face;
    const leaves = async () => (located++ < 12 ? { box, faces: 1 } : null);
    const undecided = async (seen: Partial<SessionVision>) => {
      const { verdict, reasons } = await verdictOf(seen);
      expect(verdict).toBe('undecided');
      return reasons;
    };
    expect(await undecided({ locateFace: async () => null })).toEqual(['capture.no-face']);
    expect(await undecided({ locateFace: leaves })).toEqual(['capture.face-left']);
    expect(await undecided({ locateFace: async () => ({ box, faces: 2 }) })).toEqual(['capture.several-faces']);
    expect(await undecided({ lookAt: async () => null })).toEqual(['capture.too-few-frames']);
  });

  it('goes by what the kiosk kept: faces, larger pictures and calibration', async () => {
    const folder = memoryFolder();
    const evidence = Array.from({ length: 9 }, (_, i) => ({
      file: `evidence/${i}.jpg`,
      capturedAtMs: 1_000 + 300 * i,
      phase: 'light' as const,
    }));
    for (const { file } of evidence) await folder.write(file, Uint8Array.of(1));
    const calibration = {
      version: 1 as const,
      calibratedAtMs: 1_760_000_000_000,
      camera: { label: 'synthetic', identity: null, width: 160, height: 130 },
      screen: { width: 1_920, height: 1_080 },
      lagMs: 130,
      lagSpreadMs: 5,
      colourMatrix: PLAIN_COLOUR_MATRIX,
      gain: [0.3, 0.3, 0.3] as const,
      framesPerSecond: 30,
      exposure: null,
    };
    const camera = { width: 160, height: 130, label: 'synthetic' };
    const write = (lagMs: number) =>
      writeRecordedSession(
        folder,
        { challenge, camera, display: displayAsIssued(challenge), evidence, calibration: { ...calibration, lagMs } },
        frames.map(({ capturedAtMs, face }, i) => ({ image: Uint8Array.of(i), extension: 'png', capturedAtMs, face })),
      );
    const unasked = async (): Promise<never> => {
      throw new Error('what was kept need not be found');
    };
    const vision = visionOf(frames, { locateFace: unasked, lookAt: unasked });
    await write(130);
    expect(await replaySession(folder, vision)).toMatchObject({
      ok: true,
      value: { kind: 'light', verdict: 'live', evidence: { spoofFrames: 9, continuityMin: 0.9 } },
    });
    await write(30);
    expect(await replaySession(folder, vision)).toMatchObject({
      ok: true,
      value: { verdict: 'spoof', reasons: ['liveness.late-response'] },
    });
    folder.files.delete('evidence/4.jpg');
    expect(await replaySession(folder, vision)).toMatchObject({ ok: false, error: { code: 'request.invalid' } });
  });

  it('hands other kinds of challenge to their judges', async () => {
    const folder = memoryFolder();
    const nonce = '0'.repeat(32);
    const camera = { width: 160, height: 130, label: 'synthetic' };
    const about = { camera, display: [] };
    await writeRecordedSession(folder, { ...about, challenge: { kind: 'silent', nonce, durationMs: 2_000 } }, []);
    expect(await replaySession(folder, visionOf(frames))).toMatchObject({
      ok: true,
      value: { kind: 'silent', verdict: 'undecided', reasons: ['capture.no-face'] },
    });
    await writeRecordedSession(folder, { ...about, challenge: { kind: 'action', nonce, actions: ['wave'] } }, []);
    expect(await replaySession(folder, visionOf(frames))).toEqual({
      ok: false,
      error: { code: 'request.invalid', detail: 'the action challenge is incomplete' },
    });
  });

  it('fails on a frame that is missing or no picture', async () => {
    const lost = await recordedFolder(challenge, frames);
    lost.files.delete('frames/0050.png');
    expect(await replaySession(lost, visionOf(frames))).toMatchObject({
      ok: false,
      error: { code: 'request.invalid' },
    });
    const damaged = await recordedFolder(challenge, frames);
    damaged.files.set('frames/0050.png', Uint8Array.of(255));
    expect(await replaySession(damaged, visionOf(frames))).toMatchObject({
      ok: false,
      error: { code: 'inference.image-invalid' },
    });
  });
});
