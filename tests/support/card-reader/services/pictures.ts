import sharp from 'sharp';

/** A grey picture of a chip portrait's size, as a file of each kind that services give. */
export async function portraitFile(kind: 'jpeg' | 'png' | 'bmp', width = 102, height = 126): Promise<Buffer> {
  const grey = sharp({ create: { width, height, channels: 3, background: '#808080' } });
  if (kind !== 'bmp') return grey.toFormat(kind).toBuffer();
  const stride = Math.ceil((width * 24) / 32) * 4;
  const file = Buffer.alloc(54 + stride * height, 0x80);
  file.fill(0, 0, 54);
  file.write('BM');
  file.writeUInt32LE(file.length, 2);
  file.writeUInt32LE(54, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(width, 18);
  file.writeInt32LE(height, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(24, 28);
  return file;
}
