import sharp from 'sharp';
import type { PixelBox } from '../../shared/domain/liveness.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Frame } from './frame.ts';

/** A JPEG file for a verifier, upright, at most 600,000 bytes. */
export interface VerifierPicture {
  readonly jpeg: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Width over height. Aliyun takes only pictures that are higher than wide, Tencent advises about 3:4. */
const ASPECT = 3 / 4;
/** What the vendors advise for the shorter side; more is bytes without use. */
const MOST_WIDTH = 720;
/** Aliyun takes none below 480 × 640. */
const LEAST_WIDTH = 480;
/** The face takes about this much of the picture's width, with room for hair and chin. */
const FACE_SHARE = 0.45;
/** Aliyun bounds the base64 text at 1 MB; this leaves room for the other fields of a call. */
const MAX_BYTES = 600_000;
const QUALITIES = [90, 85, 80, 70, 60] as const;

/**
 * Where to cut: three to four, the face in its middle and a little above, as much around it as `FACE_SHARE` says and
 * the picture has. Null for a picture that has no such part (a wide strip).
 */
export function uprightAround(face: PixelBox, { width, height }: Pick<Frame, 'width' | 'height'>): PixelBox | null {
  const wanted = face.width / FACE_SHARE;
  const cutWidth = Math.floor(Math.min(wanted, width, height * ASPECT));
  const cutHeight = Math.floor(cutWidth / ASPECT);
  if (cutWidth < 64 || cutWidth < face.width * 0.9) return null;
  const x = clamp(face.x + face.width / 2 - cutWidth / 2, width - cutWidth);
  const y = clamp(face.y + face.height / 2 - cutHeight * 0.46, height - cutHeight);
  return { x, y, width: cutWidth, height: cutHeight };
}

function clamp(start: number, most: number): number {
  return Math.max(0, Math.min(Math.round(start), most));
}

/**
 * Cuts the face out of a picture as the vendors take it: 3:4 upright, 480 × 640 to 720 × 960, JPEG.
 *
 * @returns `material.picture-unfit` when the face can't be cut out upright, or doesn't get small enough
 */
export async function verifierPicture(frame: Frame, face: PixelBox): Promise<Result<VerifierPicture, Failure>> {
  const cut = uprightAround(face, frame);
  if (!cut) return err(failure('material.picture-unfit', 'no upright part of the picture holds the face'));
  const width = Math.max(LEAST_WIDTH, Math.min(MOST_WIDTH, cut.width));
  const height = Math.round(width / ASPECT);
  const pixels = await sharp(frame.rgb, { raw: { width: frame.width, height: frame.height, channels: 3 } })
    .extract({ left: cut.x, top: cut.y, width: cut.width, height: cut.height })
    .resize(width, height, { fit: 'fill', kernel: 'lanczos3' })
    .raw()
    .toBuffer();
  try {
    for (const quality of QUALITIES) {
      const jpeg = await sharp(pixels, { raw: { width, height, channels: 3 } })
        .jpeg({ quality })
        .toBuffer();
      if (jpeg.length <= MAX_BYTES) return ok({ jpeg: new Uint8Array(jpeg), width, height });
      jpeg.fill(0);
    }
    return err(failure('material.picture-unfit', `more than ${MAX_BYTES} bytes`));
  } finally {
    pixels.fill(0);
  }
}

/** A whole picture as a JPEG file: a chip's portrait in whatever form its decoder gave it. */
export async function wholePicture(frame: Frame): Promise<VerifierPicture> {
  const { width, height, rgb } = frame;
  const jpeg = await sharp(rgb, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 95, chromaSubsampling: '4:4:4' })
    .toBuffer();
  return { jpeg: new Uint8Array(jpeg), width, height };
}
