/** A picture's kind and size in pixels, from its header alone. */
export interface ImageHeader {
  readonly mediaType: 'image/jpeg' | 'image/png' | 'image/bmp';
  readonly width: number;
  readonly height: number;
}

const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] as const;

/** Reads the header of a JPEG, PNG or BMP file; null for anything else, and for a file without a whole header. */
export function imageHeaderOf(bytes: Uint8Array): ImageHeader | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return jpegHeader(view);
  if (PNG_SIGNATURE.every((byte, at) => bytes[at] === byte)) return pngHeader(view);
  if (bytes[0] === 0x42 && bytes[1] === 0x4d) return bmpHeader(view);
  return null;
}

function pngHeader(view: DataView): ImageHeader | null {
  // Length (13) and name of the first chunk, then width and height.
  if (view.byteLength < 29 || view.getUint32(8) !== 13 || view.getUint32(12) !== 0x49_48_44_52) return null;
  return { mediaType: 'image/png', width: view.getUint32(16), height: view.getUint32(20) };
}

function bmpHeader(view: DataView): ImageHeader | null {
  if (view.byteLength < 54 || view.getUint32(14, true) < 40) return null;
  // A negative height means rows from top to bottom.
  const [width, height] = [view.getInt32(18, true), Math.abs(view.getInt32(22, true))];
  return { mediaType: 'image/bmp', width, height };
}

/** Walks the segments to the first frame header (SOF0 to SOF15, without DHT, JPG and DAC, which lie between). */
function jpegHeader(view: DataView): ImageHeader | null {
  let at = 2;
  while (at + 9 <= view.byteLength && view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) at += 1;
    else if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return { mediaType: 'image/jpeg', height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    } else if (marker === 0xda || marker < 0xc0 || view.getUint16(at + 2) < 2) return null;
    else at += 2 + view.getUint16(at + 2);
  }
  return null;
}
