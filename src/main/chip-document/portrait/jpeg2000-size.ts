import { fromBigEndian } from '../bytes.ts';

export interface Jpeg2000Size {
  readonly width: number;
  readonly height: number;
  readonly components: number;
}

const SIZE_MARKER = 0xff51;
const CODE_STREAM_BOX = 0x6a703263;
const BOXES_AT_MOST = 64;

/**
 * The size that the code stream of a JPEG 2000 picture claims, bare or in a JP2 file (ITU-T T.800, A.5.1 and I.4), so
 * that an impossible one is refused before a decoder sees it. Null for what is no such picture.
 */
export function jpeg2000Size(bytes: Uint8Array): Jpeg2000Size | null {
  const start = codeStreamAt(bytes);
  if (start === null || bytes.length < start + 48) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, bytes.length - start);
  if (view.getUint16(0) !== 0xff4f || view.getUint16(2) !== SIZE_MARKER) return null;
  const [right, bottom, left, top] = [8, 12, 16, 20].map((at) => view.getUint32(at)) as [
    number,
    number,
    number,
    number,
  ];
  const [tileWidth, tileHeight] = [view.getUint32(24), view.getUint32(28)];
  const [width, height] = [right - left, bottom - top];
  if (width <= 0 || height <= 0 || tileWidth < Math.min(width, 16) || tileHeight < Math.min(height, 16)) return null;
  return { width, height, components: view.getUint16(40) };
}

function codeStreamAt(bytes: Uint8Array): number | null {
  if (bytes[0] === 0xff) return 0;
  let at = 0;
  for (let box = 0; box < BOXES_AT_MOST && at + 8 <= bytes.length; box += 1) {
    const length = fromBigEndian(bytes.subarray(at, at + 4));
    if (fromBigEndian(bytes.subarray(at + 4, at + 8)) === CODE_STREAM_BOX) return length === 1 ? at + 16 : at + 8;
    if (length < 8) return null;
    at += length;
  }
  return null;
}
