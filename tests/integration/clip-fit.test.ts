import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fitRecordedClip } from '../../src/main/clip/clip-fit.ts';
import { findFfmpeg } from '../../src/main/clip/ffmpeg.ts';
import { readMp4 } from '../../src/main/clip/mp4-file.ts';
import { receiverOf } from '../../src/shared/domain/clip-receiver.ts';
import {
  CLIP_LIMITS,
  CLIP_TARGETS,
  clipProblems,
  type Clip,
  type ClipTarget,
  type RecordedClip,
} from '../../src/shared/domain/clip.ts';
import { canRun, probe } from '../support/clip-probe.ts';
import { middleOfFrames, recordedFile, recordedParts } from '../support/moving-picture.ts';
import { expectOk } from '../support/sample-store.ts';

const memory = existsSync('/dev/shm') ? mkdtempSync('/dev/shm/countersign-fit-test-') : null;
const program = memory === null ? null : await findFfmpeg({ memoryFolder: memory });
const hasProbe = canRun('ffprobe');
if (!program) console.warn('clips not fitted: no ffmpeg with H.264 and AAC, or no /dev/shm');
if (!hasProbe)
  console.warn('fitted clips not checked by ffprobe: it is missing; the boxes of the files are read instead');

const LENGTHS = [1.5, 3, 8, 20] as const;
const KINDS = ['parts', 'mp4'] as const;
type Source = `${(typeof KINDS)[number]} ${number}`;
/** Parts are upright; files are wider than high, as no page of ours makes them. Both have sound. */
const sources = new Map<Source, RecordedClip>();
const UPRIGHT = { width: 480, height: 640, sound: true } as const;
const WIDE = { width: 640, height: 480, sound: true } as const;

/** The blink of a clip is in the middle, and white in the picture. */
const blinkOf = (seconds: number) => ({ fromMs: seconds * 500, toMs: seconds * 500 + 200 });

function sourceOf(kind: (typeof KINDS)[number], seconds: number): RecordedClip {
  return structuredClone(sources.get(`${kind} ${seconds}`)!);
}

const fitted = (recorded: RecordedClip, target: ClipTarget, seconds: number) =>
  fitRecordedClip(recorded, { receiver: receiverOf(target), blink: blinkOf(seconds), program });

function expectFitting(clip: Clip, target: ClipTarget): void {
  const limits = CLIP_LIMITS[target];
  expect(expectOk(readMp4(clip.bytes))).toEqual(clip);
  expect(clipProblems(clip, limits)).toEqual([]);
  const audioCodec = limits.sound === 'needed' ? 'aac' : null;
  expect(clip).toMatchObject({ container: 'mp4', videoCodec: 'h264', width: 480, height: 640, audioCodec });
  if (!hasProbe) return;
  const { format, streams } = probe(clip.bytes);
  expect(streams.map(({ codec_name: name }) => name)).toEqual(audioCodec ? ['h264', 'aac'] : ['h264']);
  expect(streams[0]).toMatchObject({ width: 480, height: 640, sample_aspect_ratio: '1:1' });
  expect(Number(format.duration)).toBeCloseTo(clip.durationMs / 1_000, 2);
  expect(Number(streams[0]!.nb_read_frames) / Number(format.duration)).toBeGreaterThan(28);
  expect(Number(streams[0]!.nb_read_frames) / Number(format.duration)).toBeLessThan(31);
}

afterAll(() => {
  if (memory) rmSync(memory, { recursive: true, force: true });
});

describe.skipIf(!program)('a clip made for its receiver', () => {
  beforeAll(() => {
    for (const seconds of LENGTHS) {
      const long = seconds === 20 ? { framesPerSecond: 15, busy: true } : {};
      sources.set(`parts ${seconds}`, recordedParts({ ...UPRIGHT, ...long, seconds }, seconds / 2));
      sources.set(`mp4 ${seconds}`, recordedFile({ ...WIDE, ...long, busy: false, seconds }, seconds / 2));
    }
  }, 60_000);

  const cases = CLIP_TARGETS.flatMap(
    (target, i) => LENGTHS.map((seconds, j) => ({ target, seconds, kind: KINDS[(i + j) % 2]! })),
    // Whoever cuts eight seconds cuts twenty the same way; the longest are made for those that keep most of them.
  ).filter(({ target, seconds }) => seconds < 20 || target === 'evidence' || target === 'tencent-digits');
  it.each(cases)('$target of $seconds s as $kind', { timeout: 30_000 }, async ({ target, seconds, kind }) => {
    const { limits, bestSeconds } = receiverOf(target);
    const recorded = sourceOf(kind, seconds);
    const result = await fitted(recorded, target, seconds);
    const taken = recorded.kind === 'mp4' ? recorded.bytes : recorded.frames[0]!.jpeg;
    if (seconds < limits.minSeconds) {
      return expect(result).toMatchObject({
        error: { code: 'material.clip-unfit', detail: expect.stringMatching(/ s are needed$/) as string },
      });
    }
    const clip = expectOk(result);
    expectFitting(clip, target);
    expect(Math.abs(clip.durationMs / 1_000 - Math.min(seconds, bestSeconds))).toBeLessThan(0.1);
    expect(taken.every((byte) => byte === 0)).toBe(true);
  });

  it.each(KINDS)('of %s is cut so that the blink is in its middle', async (kind) => {
    const clip = expectOk(await fitted(sourceOf(kind, 8), 'aliyun-id-min-video', 8));
    const white = middleOfFrames(clip.bytes).flatMap((luma, frame) => (luma > 240 ? [frame] : []));
    expect(white.length).toBeGreaterThanOrEqual(5);
    expect(white.length).toBeLessThanOrEqual(8);
    const middle = white.reduce((sum, frame) => sum + frame, 0) / white.length;
    expect(Math.abs(middle - 45)).toBeLessThan(3);
  });

  it('is cut to its end where nobody blinked', async () => {
    const receiver = { ...receiverOf('tencent-silent'), bestSeconds: 3.5 };
    const clip = expectOk(await fitRecordedClip(sourceOf('mp4', 8), { receiver, blink: null, program }));
    // White from 4.0 to 4.2 s of 8 s: the window begins at 4.5 s, and nothing white is left.
    expect(middleOfFrames(clip.bytes).filter((luma) => luma > 240)).toEqual([]);
  });

  it('has its sound cut with it where sound is needed', async () => {
    const receiver = { ...receiverOf('tencent-digits'), bestSeconds: 3 };
    const made = KINDS.map((kind) => fitRecordedClip(sourceOf(kind, 8), { receiver, blink: null, program }));
    for (const clip of (await Promise.all(made)).map(expectOk)) {
      expectFitting(clip, 'tencent-digits');
      expect(clip.durationMs).toBeLessThan(3_150);
    }
  });

  it('is sent as it is where it fits, and its bytes are the same', async () => {
    const recorded = recordedFile({ ...UPRIGHT, sound: false, seconds: 2.5 });
    const before = Buffer.from(recorded.bytes);
    const clip = expectOk(await fitted(recorded, 'aliyun-id-min-video', 2.5));
    expect(before.equals(clip.bytes)).toBe(true);
  });

  it('is refused by name where sound is needed and none was recorded', async () => {
    const parts = { ...(sourceOf('parts', 3) as Extract<RecordedClip, { kind: 'parts' }>), pcm: null };
    const file = recordedFile({ ...UPRIGHT, sound: false, seconds: 3 });
    for (const recorded of [parts, file]) {
      expect(await fitted(recorded, 'tencent-digits', 3)).toMatchObject({
        error: { code: 'material.clip-unfit', detail: 'sound is needed' },
      });
    }
  });

  it('is refused where a blink is needed and was not asked for, or came too late', async () => {
    const receiver = receiverOf('aliyun-id-min-video');
    const detailOf = async (blink: { fromMs: number; toMs: number } | null): Promise<string | undefined> => {
      const made = await fitRecordedClip(sourceOf('parts', 3), { receiver, blink, program });
      return made.ok ? 'made' : `${made.error.code}: ${made.error.detail ?? ''}`;
    };
    expect(await detailOf(null)).toBe('material.clip-unfit: a blink is needed, and none was asked for');
    expect(await detailOf({ fromMs: 2_800, toMs: 3_400 })).toBe('material.clip-unfit: the blink is not in the clip');
  });

  it('without the program is the file if that fits, and else refused by the limit', async () => {
    const without = { receiver: receiverOf('aliyun-id-min-video'), blink: blinkOf(3), program: null };
    const upright = recordedFile({ ...UPRIGHT, seconds: 3 });
    const clip = expectOk(await fitRecordedClip(upright, without));
    expect(clip).toMatchObject({ audioCodec: 'aac', width: 480, height: 640 });
    const refusals = await Promise.all(
      [sourceOf('mp4', 3), sourceOf('mp4', 8), sourceOf('parts', 3)].map((each) => fitRecordedClip(each, without)),
    );
    expect(refusals.map((each) => (each.ok ? 'made' : [each.error.code, each.error.detail]))).toEqual([
      ['material.clip-unfit', 'not upright'],
      ['material.clip-unfit', '8 s, 5 s are allowed; not upright'],
      ['material.clip-unfit', 'no program to encode it with'],
    ]);
  });

  it('leaves nothing in memory', () => {
    expect(readdirSync(memory!)).toEqual([]);
  });
});
