import { CLIP_LIMITS, type ClipLimits } from '../../shared/domain/clip.ts';
import type {
  Capability,
  Check,
  CheckMaterials,
  ClipMaterial,
  Picture,
  PictureLimits,
  VerifierCapabilities,
} from '../../shared/domain/verification.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';

/** Pictures that a call can carry, by their fields. */
const PICTURE_FIELDS = ['face', 'reference', 'cardFront', 'cardBack', 'bankCardPicture'] as const;

/** A picture as it would have to be for a vendor: cut to `crop`, then scaled to `width` × `height`. */
export interface PictureTarget {
  readonly crop: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  readonly width: number;
  readonly height: number;
  readonly format: Picture['format'];
  readonly maxBytes: number;
}

/** Upright pictures are cut to three by four, as the vendors advise. */
const UPRIGHT = 3 / 4;

/**
 * What a capability's limits say against materials, before anything is sent that may be billed.
 *
 * @returns null, or `material.picture-unfit` or `material.clip-unfit` naming material, limit and what it is
 */
export function checkMediaLimits({ pictures, clip }: Capability, materials: CheckMaterials): Failure | null {
  for (const field of PICTURE_FIELDS) {
    const picture = materials[field];
    if (picture === undefined || pictures === null) continue;
    // Only faces are asked to be upright; cards are wider than high.
    const limits = field === 'face' || field === 'reference' ? pictures : { ...pictures, uprightOnly: false };
    const fault = pictureFault(picture, limits);
    if (fault !== null) return failure('material.picture-unfit', `${field}: ${fault}`);
  }
  if (materials.clip === undefined || clip === null) return null;
  const limits = clipLimits(clip);
  const fault = limits === null ? `no limits are known for ${clip}` : clipFault(materials.clip, limits);
  return fault === null ? null : failure('material.clip-unfit', fault);
}

/** As `checkMediaLimits`, where several operations serve a check: null as soon as one of them takes the materials. */
export function unfitForAll({ checks }: VerifierCapabilities, check: Check, materials: CheckMaterials): Failure | null {
  const faults = checks.filter((offered) => offered.check === check).map((each) => checkMediaLimits(each, materials));
  return faults.includes(null) ? null : (faults[0] ?? null);
}

/** Which limit a picture breaks, in words with both numbers; null when it fits. */
export function pictureFault(picture: Picture, limits: PictureLimits): string | null {
  const { format, bytes, width, height } = picture;
  const short = Math.min(width, height);
  const long = Math.max(width, height);
  if (!limits.formats.includes(format)) return `${format}, taken is ${limits.formats.join(' or ')}`;
  if (bytes.length > limits.maxBytes) return `${bytes.length} bytes, at most ${limits.maxBytes}`;
  if (short < limits.minShortSide) return `${short} pixels on the short side, at least ${limits.minShortSide}`;
  if (long > limits.maxLongSide) return `${long} pixels on the long side, at most ${limits.maxLongSide}`;
  if (limits.uprightOnly && height <= width) return `${width} × ${height}, has to be higher than wide`;
  return null;
}

/** Which limit a clip breaks, in words with both numbers; null when it fits. */
export function clipFault(clip: ClipMaterial, limits: ClipLimits): string | null {
  const { bytes, width, height, durationMs, audioCodec } = clip;
  const seconds = durationMs / 1_000;
  if (bytes.length > limits.maxBytes) return `${bytes.length} bytes, at most ${limits.maxBytes}`;
  if (seconds < limits.minSeconds) return `${seconds} s, at least ${limits.minSeconds}`;
  if (seconds > limits.maxSeconds) return `${seconds} s, at most ${limits.maxSeconds}`;
  if (height <= width) return `${width} × ${height}, has to be higher than wide`;
  if (width < limits.minWidth || height < limits.minHeight) {
    return `${width} × ${height}, at least ${limits.minWidth} × ${limits.minHeight}`;
  }
  if (width > limits.maxWidth || height > limits.maxHeight) {
    return `${width} × ${height}, at most ${limits.maxWidth} × ${limits.maxHeight}`;
  }
  return limits.sound === 'needed' && audioCodec === null ? 'without sound, which is needed' : null;
}

/**
 * How a picture of this size gets within limits: cut upright around its middle where only upright ones are taken, made
 * smaller where it is too large, and larger by at most a half where it is too small. Bytes are the encoder's to meet.
 *
 * @returns `material.picture-unfit` naming the limit when no such picture exists
 */
export function pictureTarget(
  size: { readonly width: number; readonly height: number },
  limits: PictureLimits,
): Result<PictureTarget, Failure> {
  const crop = limits.uprightOnly && size.height <= size.width ? uprightCrop(size) : { x: 0, y: 0, ...size };
  const short = Math.min(crop.width, crop.height);
  const long = Math.max(crop.width, crop.height);
  const scale = Math.min(limits.maxLongSide / long, Math.max(1, limits.minShortSide / short));
  const width = Math.round(crop.width * scale);
  const height = Math.round(crop.height * scale);
  if (Math.min(width, height) < limits.minShortSide || scale > 1.5) {
    const detail = `${size.width} × ${size.height}, at least ${limits.minShortSide} pixels on the short side`;
    return err(failure('material.picture-unfit', detail));
  }
  const format = limits.formats.includes('jpeg') ? 'jpeg' : 'png';
  return ok({ crop, width, height, format, maxBytes: limits.maxBytes });
}

function uprightCrop({ width, height }: { readonly width: number; readonly height: number }): PictureTarget['crop'] {
  const cutWidth = Math.floor(Math.min(width, height * UPRIGHT));
  return { x: Math.floor((width - cutWidth) / 2), y: 0, width: cutWidth, height };
}

function clipLimits(name: string): ClipLimits | null {
  return Object.hasOwn(CLIP_LIMITS, name) ? CLIP_LIMITS[name as keyof typeof CLIP_LIMITS] : null;
}
