import { existsSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { mediaFolder } from '../../../../scripts/steps/paths.ts';

/** Where a face lies in a still of the prepared media: left, upper edge, width and height in pixels. */
interface Still {
  readonly file: string;
  readonly sex: 'male' | 'female';
  readonly crop: readonly [left: number, top: number, width: number, height: number];
}

const STILLS: readonly Still[] = [
  { file: 'audrey.jpg', sex: 'female', crop: [48, 0, 456, 561] },
  { file: 'cage.jpg', sex: 'male', crop: [6, 0, 480, 591] },
  { file: 'franck_01829.jpg', sex: 'male', crop: [170, 8, 450, 554] },
  { file: 'franck_02159.jpg', sex: 'male', crop: [170, 8, 450, 554] },
  { file: 'kim1_crop.jpg', sex: 'female', crop: [21, 0, 250, 308] },
  { file: 'obama4_crop.jpg', sex: 'male', crop: [24, 0, 231, 284] },
];

const kept = new Map<string, Promise<Uint8Array>>();

/**
 * A portrait as it is printed on a card, as a PNG file: slightly pale, its edges fading into the paper. A drawn face
 * where the prepared media aren't there, or on demand.
 *
 * @param drawing 0..1, which of the faces.
 */
export function printedPortrait(
  sex: 'male' | 'female',
  drawing: number,
  width: number,
  height: number,
  kind: 'still' | 'drawn' = 'still',
): Promise<Uint8Array> {
  const stills = STILLS.filter((still) => still.sex === sex && existsSync(join(mediaFolder, still.file)));
  const still = kind === 'still' ? stills[Math.floor(drawing * stills.length)] : undefined;
  const key = `${still?.file ?? `drawn-${Math.floor(drawing * 8)}`}/${sex}/${width}x${height}`;
  const picture = kept.get(key) ?? (still ? faded(still, width, height) : drawnFace(sex, drawing, width, height));
  kept.set(key, picture);
  return picture;
}

async function faded({ file, crop }: Still, width: number, height: number): Promise<Uint8Array> {
  const [left, top, cropWidth, cropHeight] = crop;
  const face = await sharp(join(mediaFolder, file))
    .extract({ left, top, width: cropWidth, height: cropHeight })
    .resize(width, height, { fit: 'cover' })
    .modulate({ saturation: 0.8, brightness: 1.05 })
    .removeAlpha()
    .toBuffer();
  const edge = Math.round(width * 0.05);
  const mask = Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs><filter id="f"><feGaussianBlur stdDeviation="${edge / 2}"/></filter></defs>` +
      `<rect x="${edge}" y="${edge}" width="${width - 2 * edge}" height="${height}" rx="${2 * edge}" fill="#fff" filter="url(#f)"/></svg>`,
  );
  return sharp(face)
    .ensureAlpha()
    .composite([{ input: mask, blend: 'dest-in' }])
    .png({ compressionLevel: 1 })
    .toBuffer();
}

function drawnFace(sex: 'male' | 'female', drawing: number, width: number, height: number): Promise<Uint8Array> {
  const skin = ['#e8c4a4', '#d9ac86', '#f0d2b8', '#c99b73'][Math.floor(drawing * 4) % 4]!;
  const hair = ['#1d1a19', '#2e2320', '#45352c', '#17181c'][Math.floor(drawing * 8) % 4]!;
  const long = sex === 'female' ? '<rect x="26" y="40" width="48" height="52" rx="18" fill="HAIR"/>' : '';
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 123" width="${width}" height="${height}">${long}` +
    `<path d="M8 123 Q10 96 38 92 L62 92 Q90 96 92 123Z" fill="#39465a"/><rect x="41" y="78" width="18" height="20" fill="${skin}"/>` +
    `<ellipse cx="50" cy="58" rx="21" ry="28" fill="${skin}"/><path d="M28 54 Q28 24 50 24 Q72 24 72 54 Q66 38 50 38 Q34 38 28 54Z" fill="HAIR"/>` +
    `<ellipse cx="41.5" cy="56" rx="3.4" ry="2" fill="#fff"/><circle cx="41.5" cy="56" r="1.7" fill="#241c18"/><ellipse cx="58.5" cy="56" rx="3.4" ry="2" fill="#fff"/><circle cx="58.5" cy="56" r="1.7" fill="#241c18"/>` +
    `<path d="M37 51.5 Q41.5 49 46 51.5M54 51.5 Q58.5 49 63 51.5" stroke="HAIR" stroke-width="1.6" fill="none"/><path d="M50 56 Q47.5 66 50.5 67" stroke="#b08060" stroke-width="1.1" fill="none"/><path d="M43 74 Q50 78 57 74 Q50 72.5 43 74Z" fill="#b5605a"/></svg>`;
  return sharp(Buffer.from(svg.replaceAll('HAIR', hair)))
    .png()
    .toBuffer();
}
