import { describe, expect, it } from 'vitest';
import { atEvenRate } from '../../../src/main/clip/frame-pace.ts';
import { readMp4 } from '../../../src/main/clip/mp4-file.ts';
import { portraitRegion } from '../../../src/renderer/camera/clip-region.ts';
import {
  atThreeTimesTheRate,
  createHeardSound,
  soundBetween,
  type SoundPiece,
} from '../../../src/renderer/camera/clip-sound.ts';
import { CLIP_LIMITS, CLIP_TARGETS, clipProblems, fitClip, type Clip } from '../../../src/shared/domain/clip.ts';
import { mp4Box, mp4File, mp4Header, mp4SampleEntry, mp4Track, mp4TrackHeader } from '../../support/sample-mp4.ts';
import { expectOk } from '../../support/sample-store.ts';

describe('fitting a clip', () => {
  it.each(CLIP_TARGETS)('leaves %s room for its longest clip', (target) => {
    const limits = CLIP_LIMITS[target];
    const { videoBitsPerSecond, audioBitsPerSecond, maxSeconds } = expectOk(fitClip(limits, limits.maxSeconds, true));
    expect(maxSeconds).toBe(limits.maxSeconds);
    const bytes = ((videoBitsPerSecond + audioBitsPerSecond!) * maxSeconds) / 8;
    expect(bytes).toBeLessThan(0.9 * limits.maxBytes);
    expect(videoBitsPerSecond).toBeGreaterThan(1_000_000);
  });

  it('cuts a clip that is asked to be longer than its receiver takes', () => {
    expect(expectOk(fitClip(CLIP_LIMITS['aliyun-id-min-video'], 9, false))).toMatchObject({
      maxSeconds: 5,
      audioBitsPerSecond: null,
    });
  });

  it.each([
    ['too short', CLIP_LIMITS['tencent-silent'], 1.9, false],
    ['without the sound that is needed', CLIP_LIMITS['tencent-digits'], 6, false],
    ['too large at any rate', { ...CLIP_LIMITS['tencent-silent'], maxBytes: 900_000 }, 20, false],
    ['of no length', CLIP_LIMITS['tencent-silent'], Number.NaN, false],
  ])('refuses one that is %s', (_, limits, seconds, sound) => {
    expect(fitClip(limits, seconds, sound)).toMatchObject({ error: { code: 'capture.clip-unavailable' } });
  });

  it('keeps base64 of a Tencent clip within 8 MB', () => {
    for (const target of ['tencent-digits', 'tencent-action', 'tencent-silent', 'tencent-fake-faces'] as const) {
      expect(Math.ceil(CLIP_LIMITS[target].maxBytes / 3) * 4).toBeLessThanOrEqual(8 * 1_048_576);
    }
  });
});

describe('a finished clip', () => {
  const clip: Clip = {
    bytes: new Uint8Array(1_000),
    container: 'mp4',
    videoCodec: 'h264',
    audioCodec: null,
    width: 480,
    height: 640,
    durationMs: 3_000,
  };

  it.each([
    [{}, 'aliyun-id-min-video', []],
    [{ durationMs: 5_100 }, 'aliyun-id-min-video', ['5.1 s, 5 s are allowed']],
    [{ durationMs: 1_500 }, 'tencent-silent', ['1.5 s, 2 s are needed']],
    [{}, 'tencent-digits', ['without sound']],
    [{ audioCodec: 'aac' as const }, 'tencent-digits', []],
    [{ width: 640, height: 480 }, 'tencent-action', ['not upright']],
    [{ width: 300, height: 400 }, 'aliyun-id-min-video', ['300 × 400 is too small']],
    [{ width: 800, height: 1_280 }, 'tencent-fake-faces', ['800 × 1280 is too large']],
  ] as const)('%j for %s: %j', (changes, target, problems) => {
    expect(clipProblems({ ...clip, ...changes }, CLIP_LIMITS[target])).toEqual(problems);
  });

  it('is too large for its receiver by its bytes', () => {
    const large = { ...clip, bytes: new Uint8Array(6 * 1_048_576 + 1) };
    expect(clipProblems(large, CLIP_LIMITS['tencent-action']).length).toBe(1);
    expect(clipProblems(large, CLIP_LIMITS['aliyun-id-min-video'])).toEqual([]);
  });
});

describe('the upright part of a picture', () => {
  it.each([
    ['a near face in the middle', { x: 0.35, y: 0.15, width: 0.3, height: 0.7 }],
    ['a face at the left edge', { x: -0.05, y: 0.3, width: 0.2, height: 0.4 }],
    ['a face in the lower right corner', { x: 0.85, y: 0.7, width: 0.15, height: 0.3 }],
  ])('around %s is 3:4 and inside of the picture', (_, face) => {
    for (const picture of [
      { width: 1_280, height: 720 },
      { width: 640, height: 480 },
      { width: 720, height: 1_280 },
    ]) {
      const { x, y, width, height } = portraitRegion(picture, face);
      expect(width / height).toBeCloseTo(0.75, 6);
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual(picture.width + 1e-6);
      expect(y + height).toBeLessThanOrEqual(picture.height + 1e-6);
    }
  });

  it('takes no more of a large picture than head and shoulders', () => {
    const region = portraitRegion({ width: 1_920, height: 1_080 }, { x: 0.45, y: 0.3, width: 0.1, height: 0.3 });
    expect(region.height).toBeCloseTo(777.6, 6);
    expect(region.x + region.width / 2).toBeCloseTo(960, 6);
  });
});

describe('the sound of a clip', () => {
  const piece = (startedAtMs: number, value: number, length = 1_600) => ({
    samples: new Int16Array(length).fill(value),
    startedAtMs,
  });

  it('begins with the first frame and ends with the last', () => {
    const sound = soundBetween([piece(950, 1), piece(1_050, 2), piece(1_150, 3)], 1_000, 1_200);
    expect(sound.length).toBe(3_200);
    expect([sound[0], sound[799], sound[800], sound[2_399], sound[2_400], sound.at(-1)]).toEqual([1, 1, 2, 2, 3, 3]);
  });

  it('is silent where nothing was heard, and whole where times only waver', () => {
    const wavering = soundBetween([piece(1_000, 1), piece(1_120, 2)], 1_000, 1_200);
    expect([...wavering].filter((value) => value === 0).length).toBe(0);
    const gap = soundBetween([piece(1_000, 1), piece(1_300, 2)], 1_000, 1_400);
    expect([...gap].filter((value) => value === 0).length).toBe(3_200);
  });

  it('comes from what a microphone gives, as long as somebody listens', () => {
    const sound = createHeardSound();
    const pieces: SoundPiece[] = [];
    const stop = sound.onSamples((piece) => void pieces.push(piece));
    const pcm = Uint8Array.of(9, 0x34, 0x12, 0xff, 0xff, 7).subarray(1);
    sound.hear({ pcm, startedAtMs: 5 });
    pcm.fill(0);
    stop();
    sound.hear({ pcm, startedAtMs: 6 });
    expect(pieces).toEqual([{ samples: Int16Array.of(0x1234, -1), startedAtMs: 5 }]);
  });

  it('has three samples for one, on a line between them', () => {
    const dense = atThreeTimesTheRate(Int16Array.of(0, 3_276, 0));
    expect([...dense].map((value) => Math.round(value * 1_000) / 1_000)).toEqual([
      0, 0.033, 0.067, 0.1, 0.067, 0.033, 0, 0, 0,
    ]);
  });
});

it('frames at an even rate are those that are nearest', () => {
  const frames = [0, 30, 70, 100, 400].map((capturedAtMs) => ({ jpeg: Uint8Array.of(1), capturedAtMs }));
  const paced = atEvenRate(frames, 10).map(({ capturedAtMs }) => capturedAtMs);
  expect(paced).toEqual([0, 100, 100, 400, 400]);
});

describe('reading an MP4 file', () => {
  const detail = (bytes: Buffer): string | undefined => {
    const read = readMp4(bytes);
    return read.ok ? 'read' : read.error.detail;
  };

  it('tells codecs, size and length', () => {
    const bytes = mp4File(
      mp4Header(2_500),
      mp4Track(mp4SampleEntry('avc1', 480, 640)),
      mp4Track(mp4SampleEntry('mp4a')),
    );
    expect(expectOk(readMp4(bytes))).toMatchObject({
      videoCodec: 'h264',
      audioCodec: 'aac',
      width: 480,
      height: 640,
      durationMs: 2_500,
    });
  });

  it('refuses everything else by name', () => {
    expect(detail(Buffer.alloc(0))).toBe('not an MP4 file');
    expect(detail(mp4File(mp4Header(2_500), mp4Track(mp4SampleEntry('vp09', 480, 640))))).toBe('no H.264 pictures');
    expect(
      detail(mp4File(mp4Header(2_500), mp4Track(mp4SampleEntry('avc1', 480, 640)), mp4Track(mp4SampleEntry('Opus')))),
    ).toBe('a track of another kind');
    expect(detail(mp4File(mp4Header(0), mp4Track(mp4SampleEntry('avc1', 480, 640))))).toBe(
      'the file does not say how long it is',
    );
    expect(detail(mp4Box('ftyp', Buffer.from('isom')))).toBe('no pictures in the file');
  });

  it.each([0, 1] as const)('refuses pictures that a player would turn or mirror, version %d', (version) => {
    const turnedBy = (...matrix: readonly [number, number, number, number]): string | undefined =>
      detail(mp4File(mp4Header(2_500), mp4Track(mp4SampleEntry('avc1', 480, 640), mp4TrackHeader(matrix, version))));
    expect(turnedBy(1, 0, 0, 1)).toBe('read');
    expect(turnedBy(0, 1, -1, 0)).toBe('pictures that are to be turned');
    expect(turnedBy(-1, 0, 0, -1)).toBe('pictures that are to be turned');
    expect(turnedBy(-1, 0, 0, 1)).toBe('pictures that are to be turned');
  });

  it('survives every cut and every changed length', () => {
    const whole = mp4File(mp4Header(2_500), mp4Track(mp4SampleEntry('avc1', 480, 640)));
    for (let length = 0; length < whole.length; length += 1) expect(readMp4(whole.subarray(0, length)).ok).toBe(false);
    for (let at = 0; at < whole.length; at += 1) {
      const changed = Buffer.from(whole);
      changed[at] = 0xff;
      expect(() => readMp4(changed)).not.toThrow();
    }
  });
});
