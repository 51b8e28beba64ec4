import sharp from 'sharp';

/** The size and the bytes that a Chinese ID card's chip has for the portrait. */
const CHIP = { width: 102, height: 126, bytes: 1_024 } as const;

/**
 * Squeezes a head-and-shoulders crop into a chip portrait: 102 × 126 pixels in at most 1,024 bytes of WebP. It
 * imitates the loss of the real coding, not its artefacts.
 *
 * @param part the crop in pixels of the picture.
 */
export async function chipPortrait(
  picture: Uint8Array,
  part: { left: number; top: number; width: number; height: number },
): Promise<Uint8Array> {
  const small = await sharp(picture).extract(part).resize(CHIP.width, CHIP.height, { fit: 'cover' }).png().toBuffer();
  for (let quality = 90; quality > 0; quality -= 2) {
    const encoded = await sharp(small).webp({ quality }).toBuffer();
    if (encoded.length <= CHIP.bytes) return encoded;
  }
  throw new Error('the portrait does not fit into a chip');
}
