import { execFileSync } from 'node:child_process';
import sharp from 'sharp';
import { cosineSimilarity } from '../../../src/main/comparison/similarity.ts';
import { createFramedRun } from '../../../src/main/inference/framed-challenge.ts';
import type { FacePipeline } from '../../../src/main/inference/face-pipeline.ts';
import type { Frame } from '../../../src/main/inference/frame.ts';
import { decodeImage } from '../../../src/main/inference/image-codec.ts';
import type { MeshFrame } from '../../../src/shared/domain/framed-judge.ts';
import type { PixelBox } from '../../../src/shared/domain/liveness.ts';

/** A clip is cropped around its first face as the kiosk does it: this many times the face's height, never larger. */
const CROP_PER_FACE = 2;
const MAX_SIDE = 320;
const JPEG_QUALITY = 85;

export interface Clip {
  readonly width: number;
  readonly height: number;
  readonly framesPerSecond: number;
  /** RGB bytes of each frame. */
  readonly frames: readonly Uint8Array[];
}

/** Decodes a video with ffmpeg at a fixed rate. */
export function readClip(path: string, framesPerSecond: number, maxSeconds = 60): Clip {
  const probe = ['-v', 'error', '-select_streams', 'v', '-show_entries', 'stream=width,height', '-of', 'csv=p=0', path];
  const [width = 0, height = 0] = execFileSync('ffprobe', probe, { encoding: 'utf8' }).trim().split(',').map(Number);
  const shrink = Math.min(1, 720 / Math.max(width, height));
  const size = { width: 2 * Math.round((width * shrink) / 2), height: 2 * Math.round((height * shrink) / 2) };
  const filter = `fps=${framesPerSecond},scale=${size.width}:${size.height}`;
  const args = ['-v', 'error', '-t', String(maxSeconds), '-i', path, '-vf', filter];
  const raw = execFileSync('ffmpeg', [...args, '-f', 'rawvideo', '-pix_fmt', 'rgb24', '-'], {
    maxBuffer: 4_000_000_000,
  });
  const bytes = size.width * size.height * 3;
  const frames = Array.from({ length: Math.floor(raw.length / bytes) }, (_, i) =>
    raw.subarray(i * bytes, (i + 1) * bytes),
  );
  return { ...size, framesPerSecond, frames };
}

/** Runs the inference process's own path over a clip, JPEG crops included, and gives what a judge would see. */
export async function meshesOf(
  clip: Clip,
  pipeline: FacePipeline,
): Promise<{ readonly frames: readonly MeshFrame[]; readonly msPerFrame: number } | null> {
  const crop = await cropOf(clip, pipeline);
  if (!crop) return null;
  const seen: MeshFrame[] = [];
  const run = createFramedRun({
    pipeline,
    cosine: cosineSimilarity,
    judge: {
      see: (frame) => {
        seen.push(frame);
        return { kind: 'silent', done: 0, hint: null, ended: false };
      },
      evidence: () => ({ state: 'unmeasured', reason: 'capture.too-few-frames', detail: '' }),
    },
  });
  let spentMs = 0;
  for (const [i, rgb] of clip.frames.entries()) {
    const jpeg = await encoded(clip, rgb, crop.part);
    const startMs = performance.now();
    const decoded = await decodeImage(jpeg);
    if (!decoded.ok) throw new Error(decoded.error.code);
    await run.see({ picture: decoded.value, face: crop.face, capturedAtMs: (1_000 * i) / clip.framesPerSecond });
    spentMs += performance.now() - startMs;
  }
  run.wipe();
  return { frames: seen, msPerFrame: spentMs / Math.max(1, clip.frames.length) };
}

async function encoded(clip: Clip, rgb: Uint8Array, part: PixelBox): Promise<Uint8Array> {
  const shrink = Math.min(1, MAX_SIDE / Math.max(part.width, part.height));
  return sharp(rgb, { raw: { width: clip.width, height: clip.height, channels: 3 } })
    .extract({ left: part.x, top: part.y, width: part.width, height: part.height })
    .resize(Math.round(part.width * shrink), Math.round(part.height * shrink), { fit: 'fill' })
    .jpeg({ quality: JPEG_QUALITY })
    .toBuffer();
}

async function cropOf(clip: Clip, pipeline: FacePipeline): Promise<{ part: PixelBox; face: PixelBox } | null> {
  for (const rgb of clip.frames) {
    const picture: Frame = { width: clip.width, height: clip.height, rgb };
    const main = (await pipeline.detect(picture))[0];
    if (!main) continue;
    const { box } = main;
    const side = CROP_PER_FACE * box.height;
    const left = Math.max(0, Math.round(box.x + box.width / 2 - side / 2));
    const top = Math.max(0, Math.round(box.y + box.height / 2 - side / 2));
    const width = Math.min(clip.width, Math.round(left + side)) - left;
    const height = Math.min(clip.height, Math.round(top + side)) - top;
    const face = {
      x: (box.x - left) / width,
      y: (box.y - top) / height,
      width: box.width / width,
      height: box.height / height,
    };
    return { part: { x: left, y: top, width, height }, face };
  }
  return null;
}
