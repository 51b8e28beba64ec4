import sharp from 'sharp';
import type { Frame } from '../../../../src/main/inference/frame.ts';
import { seeded } from '../../liveness/seeded.ts';
import { faceOf } from './card-face.ts';
import { raise } from './relief.ts';
import type { BankCardSpecimen } from './specimen.ts';

/** Draws a specimen edge to edge: 1012 × 638 pixels, or 638 × 1012 where it stands on its short side. */
export async function drawBankCard(specimen: BankCardSpecimen): Promise<Frame> {
  const face = faceOf(specimen);
  const card = await drawn(face.printed);
  if (face.raised === null) return card;
  const { width, height, rgb } = await drawn(face.raised);
  const mask = Float32Array.from({ length: width * height }, (_, at) => rgb[3 * at]! / 255);
  return raise(card, { width, height, values: mask }, specimen.tipping, seeded(specimen.seed, 'relief'));
}

async function drawn(svg: string): Promise<Frame> {
  const { data, info } = await sharp(Buffer.from(svg))
    .flatten({ background: '#000000' })
    .toColourspace('srgb')
    .removeAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, rgb: new Uint8Array(data) };
}
