import { CLIP_LIMITS, clipProblems, type ClipTarget } from '../../../../shared/domain/clip.ts';
import type {
  AnsweredPicture,
  CheckRequest,
  ClipMaterial,
  IdentityMaterial,
  Picture,
  PictureLimits,
} from '../../../../shared/domain/verification.ts';
import { failure, type Failure } from '../../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../../shared/result.ts';

/** The vendor bounds the base64 text in MiB; three quarters of it is the file. */
const fileBytes = (base64Mebibytes: number): number => (base64Mebibytes * 1_048_576 * 3) / 4;

const JPEG_OR_PNG = ['jpeg', 'png'] as const;
/** No bound is told: what our own pictures can have at most. */
const ANY_LONG_SIDE = 20_000;

const bounds = (base64Mebibytes: number, minShortSide: number, maxLongSide: number): PictureLimits => ({
  formats: JPEG_OR_PNG,
  maxBytes: fileBytes(base64Mebibytes),
  minShortSide,
  maxLongSide,
  uprightOnly: false,
});

/**
 * Bounds of pictures by what they are for, from the parameters' descriptions in the vendor's API documents. Faces
 * compared by iai: 64 px on the short side, 4000 px on the long side of a JPEG. A living face has to be over 100 px.
 */
export const PICTURE_LIMITS = {
  'face-authority': bounds(3, 64, ANY_LONG_SIDE),
  'face-comparison': bounds(5, 64, 4_000),
  'live-face': bounds(5, 100, 4_000),
  'fake-face': bounds(10, 100, ANY_LONG_SIDE),
  'card-verification': bounds(3, 64, ANY_LONG_SIDE),
  'card-information': bounds(7, 64, ANY_LONG_SIDE),
  'card-reading': bounds(10, 64, ANY_LONG_SIDE),
  'hosted-sdk': bounds(8, 64, ANY_LONG_SIDE),
} as const satisfies Record<string, PictureLimits>;
type PicturePurpose = keyof typeof PICTURE_LIMITS;

/** iai takes pictures that are no JPEG only up to this. */
const LONGEST_PNG_OF_IAI = 2_000;

/** A picture in base64, within the bounds; fails with `material.missing` or `material.picture-unfit`. */
export function pictureText(
  picture: Picture | undefined,
  purpose: PicturePurpose,
  name: string,
): Result<string, Failure> {
  if (!picture) return err(failure('material.missing', name));
  const problem = pictureProblem(picture, purpose);
  if (problem !== null) return err(failure('material.picture-unfit', `${name}: ${problem}`));
  return ok(base64(picture.bytes));
}

function pictureProblem(picture: Picture, purpose: PicturePurpose): string | null {
  const limits = PICTURE_LIMITS[purpose];
  const shortSide = Math.min(picture.width, picture.height);
  const longSide = Math.max(picture.width, picture.height);
  const ofIai = purpose === 'face-comparison' || purpose === 'live-face';
  const longest = ofIai && picture.format === 'png' ? LONGEST_PNG_OF_IAI : limits.maxLongSide;
  if (picture.bytes.length > limits.maxBytes) return `${picture.bytes.length} bytes, ${limits.maxBytes} are allowed`;
  if (shortSide < limits.minShortSide) return `short side ${shortSide} px, ${limits.minShortSide} are needed`;
  if (longSide > longest) return `long side ${longSide} px, ${longest} are allowed`;
  return null;
}

/** A clip in base64, within the bounds; fails with `material.missing` or `material.clip-unfit`. */
export function clipText(clip: ClipMaterial | undefined, target: ClipTarget): Result<string, Failure> {
  if (!clip) return err(failure('material.missing', 'clip'));
  const [problem] = clipProblems(clip, CLIP_LIMITS[target]);
  if (problem !== undefined) return err(failure('material.clip-unfit', problem));
  return ok(base64(clip.bytes));
}

/** Name and number, or `material.missing`. */
export function identityOf(request: CheckRequest): Result<IdentityMaterial, Failure> {
  const { identity } = request.materials;
  return identity ? ok(identity) : err(failure('material.missing', 'identity'));
}

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
const JPEG = Buffer.from([0xff, 0xd8, 0xff]);

/** A JPEG that came with an answer; none where there is none or it is something else. */
export function answeredPicture(name: AnsweredPicture['name'], text: string): readonly AnsweredPicture[] {
  if (!BASE64.test(text)) return [];
  const bytes = Buffer.from(text, 'base64');
  return bytes.subarray(0, JPEG.length).equals(JPEG) ? [{ name, bytes }] : [];
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
