// Draws the icons of the installers from one SVG. Run it after a change of the drawing and commit what it writes.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';

const FOLDER = join(import.meta.dirname, '../resources/icons');
const LINUX_SIZES = [16, 32, 48, 64, 128, 256, 512] as const;
const ICO_SIZES = [16, 24, 32, 48, 64, 256] as const;
/** Icon types of an ICNS file that hold a PNG, and its size in pixels. */
const ICNS_TYPES = [
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic13', 256],
  ['ic08', 256],
  ['ic14', 512],
  ['ic09', 512],
  ['ic10', 1024],
] as const;

interface DrawnIcon {
  readonly size: number;
  readonly png: Buffer;
}

async function draw(svg: Buffer, size: number): Promise<Buffer> {
  return sharp(svg, { density: (72 * size) / 64 })
    .resize(size, size)
    .png({ palette: true, compressionLevel: 9 })
    .toBuffer();
}

/** An ICO file of PNG images: a directory of 16-byte entries, then the images. 256 is written as 0. */
export function encodeIco(icons: readonly DrawnIcon[]): Buffer {
  const directory = Buffer.alloc(6 + 16 * icons.length);
  directory.writeUInt16LE(1, 2);
  directory.writeUInt16LE(icons.length, 4);
  let offset = directory.length;
  icons.forEach(({ size, png }, index) => {
    const at = 6 + 16 * index;
    directory.writeUInt8(size % 256, at);
    directory.writeUInt8(size % 256, at + 1);
    directory.writeUInt16LE(1, at + 4);
    directory.writeUInt16LE(32, at + 6);
    directory.writeUInt32LE(png.length, at + 8);
    directory.writeUInt32LE(offset, at + 12);
    offset += png.length;
  });
  return Buffer.concat([directory, ...icons.map(({ png }) => png)]);
}

/** An ICNS file: `icns` and the whole length, then for each icon its type, length and PNG; big-endian. */
export function encodeIcns(icons: readonly { readonly type: string; readonly png: Buffer }[]): Buffer {
  const part = (type: string, length: number): Buffer => {
    const header = Buffer.alloc(8);
    header.write(type, 'latin1');
    header.writeUInt32BE(length, 4);
    return header;
  };
  const parts = icons.flatMap(({ type, png }) => [part(type, 8 + png.length), png]);
  const length = parts.reduce((sum, { length: bytes }) => sum + bytes, 8);
  return Buffer.concat([part('icns', length), ...parts]);
}

async function makeIcons(): Promise<void> {
  const svg = readFileSync(join(FOLDER, 'mark.svg'));
  for (const size of LINUX_SIZES) writeFileSync(join(FOLDER, `${size}x${size}.png`), await draw(svg, size));
  const ico = await Promise.all(ICO_SIZES.map(async (size) => ({ size, png: await draw(svg, size) })));
  writeFileSync(join(FOLDER, 'icon.ico'), encodeIco(ico));
  const icns = await Promise.all(ICNS_TYPES.map(async ([type, size]) => ({ type, png: await draw(svg, size) })));
  writeFileSync(join(FOLDER, 'icon.icns'), encodeIcns(icns));
}

if (import.meta.main) await makeIcons();
