import { CLIP_LIMITS } from '../../../shared/domain/clip.ts';
import type { ClipMaterial, Picture, PictureLimits } from '../../../shared/domain/verification.ts';
import { failure, type Failure } from '../../../shared/reasons.ts';

/**
 * Pictures of the financial series: JPEG, higher than wide, 640 × 480 to 1920 × 1080 (height × width), less than 1 MB.
 * The text counts, in base64 and once more encoded for the form; 600 KB of picture stay below it, and 50 to 100 KB
 * are what the vendor advises.
 */
export const FACE_PICTURE_LIMITS: PictureLimits = {
  formats: ['jpeg'],
  maxBytes: 600_000,
  minShortSide: 480,
  maxLongSide: 1920,
  uprightOnly: true,
};
const LEAST_LONG_SIDE = 640;
const MOST_SHORT_SIDE = 1080;

/** Pictures of the versions of 2018 and 2019: up to 2 MB, the face in it at least 64 × 64 pixels. */
export const VERIFICATION_PICTURE_LIMITS: PictureLimits = {
  formats: ['jpeg', 'png'],
  maxBytes: 2_000_000,
  minShortSide: 64,
  maxLongSide: 4096,
  uprightOnly: false,
};

/** Why a picture doesn't fit, before anybody is asked or billed; `field` names it. */
export function unfitPicture(picture: Picture, limits: PictureLimits, field: string): Failure | null {
  const { width, height, bytes, format } = picture;
  const short = Math.min(width, height);
  const long = Math.max(width, height);
  const strict = limits === FACE_PICTURE_LIMITS;
  const isJpeg = bytes[0] === 0xff && bytes[1] === 0xd8;
  const complaint = [
    [!limits.formats.includes(format) || (format === 'jpeg') !== isJpeg, `format ${format}`],
    [bytes.length > limits.maxBytes, `${bytes.length} bytes, at most ${limits.maxBytes}`],
    [limits.uprightOnly && height <= width, 'not higher than wide'],
    [short < limits.minShortSide, `short side ${short} px, at least ${limits.minShortSide}`],
    [long > limits.maxLongSide, `long side ${long} px, at most ${limits.maxLongSide}`],
    [strict && long < LEAST_LONG_SIDE, `long side ${long} px, at least ${LEAST_LONG_SIDE}`],
    [strict && short > MOST_SHORT_SIDE, `short side ${short} px, at most ${MOST_SHORT_SIDE}`],
  ].find(([unfit]) => unfit === true);
  return complaint === undefined ? null : failure('material.picture-unfit', `${field}: ${String(complaint[1])}`);
}

/** Why a clip doesn't fit `ID_MIN_VIDEO`; the vendor answers all of these as a fault of its own. */
export function unfitClip(clip: ClipMaterial): Failure | null {
  const limits = CLIP_LIMITS['aliyun-id-min-video'];
  const { width, height } = clip;
  const complaint = [
    [clip.bytes.length > limits.maxBytes, `${clip.bytes.length} bytes, at most ${limits.maxBytes}`],
    [clip.durationMs > limits.maxSeconds * 1_000, `${clip.durationMs} ms, at most ${limits.maxSeconds} s`],
    [clip.durationMs < limits.minSeconds * 1_000, `${clip.durationMs} ms, at least ${limits.minSeconds} s`],
    [height <= width, 'not higher than wide'],
    [width < limits.minWidth || height < limits.minHeight, `${width} × ${height} is too small`],
    [width > limits.maxWidth || height > limits.maxHeight, `${width} × ${height} is too large`],
  ].find(([unfit]) => unfit === true);
  return complaint === undefined ? null : failure('material.clip-unfit', String(complaint[1]));
}
