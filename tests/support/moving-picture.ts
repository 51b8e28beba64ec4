import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CLIP_SAMPLE_RATE, type RecordedClip } from '../../src/shared/domain/clip.ts';

export interface MovingPicture {
  readonly seconds: number;
  readonly width: number;
  readonly height: number;
  readonly sound: boolean;
  /** 30 unless a sparing machine recorded it. */
  readonly framesPerSecond?: number;
  /** Much that moves, so that the encoder needs all the bits that it is given. */
  readonly busy?: boolean;
}

const JPEG_END = Buffer.from([0xff, 0xd9]);

/** ffmpeg's test picture, which moves and is white from `markSeconds` on for 0.2 s. */
function source(
  { width, height, seconds, framesPerSecond = 30, busy = false }: MovingPicture,
  markSeconds: number,
): string[] {
  const filter = `${busy ? 'testsrc2' : 'testsrc'}=size=${width}x${height}:rate=${framesPerSecond}:duration=${seconds}`;
  const mark = `drawbox=color=white:t=fill:enable='between(t,${markSeconds},${markSeconds + 0.2})'`;
  return ['-hide_banner', '-v', 'error', '-f', 'lavfi', '-i', `${filter},${mark}`];
}

/** The parts that a page without encoders would record of it. */
export function recordedParts(picture: MovingPicture, markSeconds = 0): Extract<RecordedClip, { kind: 'parts' }> {
  const output = ['-c:v', 'mjpeg', '-q:v', '8', '-f', 'mjpeg', '-'];
  const stream = execFileSync('ffmpeg', [...source(picture, markSeconds), ...output], { maxBuffer: 200_000_000 });
  const everyMs = 1_000 / (picture.framesPerSecond ?? 30);
  const frames = splitJpegs(stream).map((jpeg, i) => ({ jpeg, capturedAtMs: i * everyMs }));
  const samples = Int16Array.from({ length: picture.seconds * CLIP_SAMPLE_RATE }, (_, i) => 8_000 * Math.sin(i / 6));
  const pcm = picture.sound ? new Uint8Array(samples.buffer) : null;
  return { kind: 'parts', frames, pcm, startedAtMs: 0 };
}

/** The file that a page with encoders would record of it. */
export function recordedFile(picture: MovingPicture, markSeconds = 0): Extract<RecordedClip, { kind: 'mp4' }> {
  const { seconds, sound } = picture;
  const folder = mkdtempSync(join(tmpdir(), 'countersign-test-'));
  const file = join(folder, 'clip.mp4');
  const tone = sound ? ['-f', 'lavfi', '-i', `sine=frequency=440:duration=${seconds}`, '-c:a', 'aac'] : [];
  const video = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-b:v', '2500k'];
  try {
    execFileSync('ffmpeg', [...source(picture, markSeconds), ...tone, ...video, '-movflags', '+faststart', file]);
    return { kind: 'mp4', bytes: readFileSync(file), startedAtMs: 0 };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The middle pixel's luma of each frame of a file, 0–255. */
export function middleOfFrames(bytes: Uint8Array): readonly number[] {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-test-'));
  const file = join(folder, 'clip.mp4');
  writeFileSync(file, bytes);
  try {
    const filter = ['-vf', 'crop=40:40,scale=1:1:flags=area,format=gray', '-f', 'rawvideo', '-'];
    return [...execFileSync('ffmpeg', ['-hide_banner', '-v', 'error', '-i', file, ...filter])];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function splitJpegs(stream: Buffer): readonly Uint8Array[] {
  const pictures: Uint8Array[] = [];
  for (let from = 0; from < stream.length;) {
    const end = stream.indexOf(JPEG_END, from);
    if (end < 0) break;
    pictures.push(new Uint8Array(stream.subarray(from, end + 2)));
    from = end + 2;
  }
  return pictures;
}
