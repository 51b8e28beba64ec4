import type { Picture } from '../../../shared/domain/verification.ts';
import type { Problem } from '../form-problem.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { namesBox, pictureFormat, type ClipFile } from './file-bytes.ts';

/** Picture and clip files may be this large: what a request takes. */
export const MAX_FILE_BYTES = 10_000_000;
const MAX_CLIP_MS = 60_000;

const TOO_LARGE: Problem = { key: 'requests.form.problem.size' };
const NO_PICTURE: Problem = { key: 'requests.form.problem.picture' };
const NO_CLIP: Problem = { key: 'requests.form.problem.clip' };

/** Reads a picture file with its size as it is shown upright. */
export async function readPicture(file: Blob): Promise<Result<Picture, Problem>> {
  if (file.size > MAX_FILE_BYTES) return err(TOO_LARGE);
  const bytes = new Uint8Array(await file.arrayBuffer());
  const format = pictureFormat(bytes);
  if (format === null) return err(NO_PICTURE);
  try {
    const image = await createImageBitmap(new Blob([bytes], { type: `image/${format}` }));
    const { width, height } = image;
    image.close();
    return ok({ bytes, format, width, height });
  } catch {
    return err(NO_PICTURE);
  }
}

function videoFacts(url: string): Promise<{ width: number; height: number; durationMs: number } | null> {
  return new Promise((resolve) => {
    const video = document.createElement('video');
    video.preload = 'metadata';
    video.muted = true;
    video.onloadedmetadata = () =>
      resolve({ width: video.videoWidth, height: video.videoHeight, durationMs: video.duration * 1_000 });
    video.onerror = () => resolve(null);
    video.src = url;
  });
}

/** Reads an MP4 file in H.264 with its size and length. */
export async function readClip(file: Blob): Promise<Result<ClipFile, Problem>> {
  if (file.size > MAX_FILE_BYTES) return err(TOO_LARGE);
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (!namesBox(bytes.subarray(4, 8), 'ftyp') || !namesBox(bytes, 'avc1')) return err(NO_CLIP);
  const url = URL.createObjectURL(new Blob([bytes], { type: 'video/mp4' }));
  const facts = await videoFacts(url);
  URL.revokeObjectURL(url);
  if (facts === null || !(facts.width > 0 && facts.durationMs > 0 && facts.durationMs <= MAX_CLIP_MS))
    return err(NO_CLIP);
  const audioCodec = namesBox(bytes, 'mp4a') ? 'aac' : null;
  return ok({ bytes, container: 'mp4', videoCodec: 'h264', audioCodec, ...facts });
}
