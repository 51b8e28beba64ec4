/** A box of an MP4 file (ISO/IEC 14496-12, 4.2). */
export function mp4Box(kind: string, ...content: readonly Buffer[]): Buffer {
  const whole = Buffer.concat([Buffer.alloc(4), Buffer.from(kind, 'latin1'), ...content]);
  whole.writeUInt32BE(whole.length);
  return whole;
}

/** A sample entry; sound has no size. */
export function mp4SampleEntry(kind: string, width = 0, height = 0): Buffer {
  const content = Buffer.alloc(78);
  content.writeUInt16BE(width, 24);
  content.writeUInt16BE(height, 26);
  return mp4Box(kind, content);
}

export function mp4Track(entry: Buffer, ...before: readonly Buffer[]): Buffer {
  const table = mp4Box('stbl', mp4Box('stsd', Buffer.alloc(8), entry));
  return mp4Box('trak', ...before, mp4Box('mdia', mp4Box('minf', table)));
}

/** A track's header; the matrix tells players how to turn its pictures (8.3.2). */
export function mp4TrackHeader(matrix: readonly [number, number, number, number], version: 0 | 1 = 0): Buffer {
  const content = Buffer.alloc(version === 1 ? 96 : 84);
  content[0] = version;
  const [a, b, c, d] = matrix;
  [a, b, 0, c, d].forEach((value, i) => content.writeInt32BE(value * 0x10000, (version === 1 ? 52 : 40) + 4 * i));
  return mp4Box('tkhd', content);
}

export function mp4Header(durationMs: number): Buffer {
  const content = Buffer.alloc(100);
  content.writeUInt32BE(1_000, 12);
  content.writeUInt32BE(durationMs, 16);
  return mp4Box('mvhd', content);
}

export function mp4File(...movie: readonly Buffer[]): Buffer {
  return Buffer.concat([
    mp4Box('ftyp', Buffer.from('isom')),
    mp4Box('moov', ...movie),
    mp4Box('mdat', Buffer.alloc(10)),
  ]);
}

/** The boxes of an upright clip of 2.5 s without sound; its pictures are none. */
export function sampleMp4(): Buffer {
  return mp4File(mp4Header(2_500), mp4Track(mp4SampleEntry('avc1', 480, 640)));
}
