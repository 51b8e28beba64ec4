import sharp from 'sharp';

/** The size and the bytes that a Chinese ID card's chip has for the portrait. */
const CHIP = { width: 102, height: 126, bytes: 1_024 } as const;

/** Qualities tried: 90, 88 … 2. */
const QUALITY_STEPS = 45;

/**
 * Squeezes a head-and-shoulders crop into a chip portrait: 102 × 126 pixels in at most 1,024 bytes of WebP, at the
 * best quality that fits. It imitates the loss of the real coding, not its artefacts.
 *
 * @param part the crop in pixels of the picture.
 * @throws when even the lowest quality doesn't fit.
 */
export async function chipPortrait(
  picture: Uint8Array,
  part: { left: number; top: number; width: number; height: number },
): Promise<Uint8Array> {
  const small = await sharp(picture)
    .extract(part)
    .resize(CHIP.width, CHIP.height, { fit: 'cover' })
    .removeAlpha()
    .raw()
    .toBuffer();
  const encodedAt = (step: number): Promise<Uint8Array> =>
    sharp(small, { raw: { width: CHIP.width, height: CHIP.height, channels: 3 } })
      .webp({ quality: 90 - 2 * step })
      .toBuffer();
  let fitting: Uint8Array | null = null;
  let low = 0;
  let high = QUALITY_STEPS - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const encoded = await encodedAt(middle);
    if (encoded.length <= CHIP.bytes) {
      fitting = encoded;
      high = middle - 1;
    } else low = middle + 1;
  }
  if (!fitting) throw new Error('the portrait does not fit into a chip');
  return fitting;
}
