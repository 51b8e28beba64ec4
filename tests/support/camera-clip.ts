import { writeFileSync } from 'node:fs';
import sharp from 'sharp';

const FRAMES = 30;
/** How far the picture wanders to each side, in pixels of the camera's picture. */
const SWAY = 24;

/** One plane of YUV 4:2:0 after ITU-R BT.601 in the full range, from RGB pixels. */
function planes(rgb: Buffer, width: number, height: number): Buffer {
  const luma = Buffer.alloc(width * height);
  const [blue, red] = [Buffer.alloc((width * height) / 4), Buffer.alloc((width * height) / 4)];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = 3 * (y * width + x);
      const [r, g, b] = [rgb[at]!, rgb[at + 1]!, rgb[at + 2]!];
      luma[y * width + x] = Math.round(0.299 * r + 0.587 * g + 0.114 * b);
      if (y % 2 === 1 || x % 2 === 1) continue;
      const half = (y / 2) * (width / 2) + x / 2;
      blue[half] = Math.min(255, Math.round(128 - 0.169 * r - 0.331 * g + 0.5 * b));
      red[half] = Math.min(255, Math.round(128 + 0.5 * r - 0.419 * g - 0.081 * b));
    }
  }
  return Buffer.concat([luma, blue, red]);
}

/** Writes a picture that sways, 1280 × 720 at 30 frames a second, as Chromium's stand-in for a camera plays it (YUV4MPEG2). */
export async function writeCameraClip(picture: string, file: string): Promise<void> {
  const [width, height] = [1_280, 720];
  const wide = await sharp(picture)
    .removeAlpha()
    .resize(width + 2 * SWAY, height)
    .png()
    .toBuffer();
  const parts: Buffer[] = [Buffer.from(`YUV4MPEG2 W${width} H${height} F30:1 Ip A1:1 C420jpeg\n`)];
  for (let frame = 0; frame < FRAMES; frame++) {
    const left = SWAY + Math.round(SWAY * Math.sin((2 * Math.PI * frame) / FRAMES));
    const rgb = await sharp(wide).extract({ left, top: 0, width, height }).raw().toBuffer();
    parts.push(Buffer.from('FRAME\n'), planes(rgb, width, height));
  }
  writeFileSync(file, Buffer.concat(parts));
}
