import type { Picture } from './verification.ts';

/** Frames of JPEG (ITU-T T.81 table B.1): all SOF markers, which are not DHT (C4), JPG (C8) or DAC (CC). */
function isFrameMarker(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] as const;
/** Exif (CIPA DC-008): values from here on turn the picture by a quarter. */
const FIRST_QUARTER_TURN = 5;
const ORIENTATION_TAG = 0x0112;

type About = Pick<Picture, 'format' | 'width' | 'height'>;

/** What a JPEG or PNG file says of itself, its size as it is shown upright; null for anything else. */
export function readPictureFile(bytes: Uint8Array): About | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const about = PNG_SIGNATURE.every((byte, i) => bytes[i] === byte) ? readPng(view) : readJpeg(view);
  return about && about.width > 0 && about.height > 0 ? about : null;
}

/** The first chunk is `IHDR` with width and height (RFC 2083, 4.1.1). */
function readPng(view: DataView): About | null {
  if (view.byteLength < 24 || view.getUint32(12) !== 0x49484452) return null;
  return { format: 'png', width: view.getUint32(16), height: view.getUint32(20) };
}

function readJpeg(view: DataView): About | null {
  if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return null;
  let orientation = 1;
  for (let at = 2; at + 9 <= view.byteLength;) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (isFrameMarker(marker)) {
      const [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)];
      const turned = orientation >= FIRST_QUARTER_TURN;
      return { format: 'jpeg', width: turned ? height : width, height: turned ? width : height };
    }
    const length = view.getUint16(at + 2);
    if (length < 2) return null;
    if (marker === 0xe1) orientation = orientationIn(view, at + 4, at + 2 + length) ?? orientation;
    at += 2 + length;
  }
  return null;
}

/** The orientation in an Exif segment between two places; null where there is none. */
function orientationIn(view: DataView, start: number, end: number): number | null {
  const tiff = start + 6;
  if (end > view.byteLength || tiff + 8 > end || view.getUint32(start) !== 0x45786966) return null;
  const little = view.getUint16(tiff) === 0x4949;
  const directory = tiff + view.getUint32(tiff + 4, little);
  if (directory + 2 > end) return null;
  const entries = view.getUint16(directory, little);
  for (let i = 0; i < entries; i += 1) {
    const entry = directory + 2 + i * 12;
    if (entry + 12 > end) return null;
    if (view.getUint16(entry, little) === ORIENTATION_TAG) return view.getUint16(entry + 8, little);
  }
  return null;
}
