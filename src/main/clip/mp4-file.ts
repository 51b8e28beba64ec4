import { MAX_CLIP_BYTES, type Clip } from '../../shared/domain/clip.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';

interface Box {
  readonly kind: string;
  readonly content: Buffer;
}

interface Track {
  /** Sample entry's kind: `avc1`, `mp4a` … */
  readonly codec: string;
  readonly width: number;
  readonly height: number;
  readonly isTurned: boolean;
}

/** No box lies deeper than this one inside of others, and no list of boxes is longer. */
const MAX_BOXES = 64;
/** Fields before the boxes of `stsd` (ISO/IEC 14496-12, 8.5.2). */
const SAMPLE_TABLE_HEADER = 8;
/** Where `tkhd` keeps its matrix, by version (8.3.2); the upper left part of it when nothing is turned. */
const MATRIX_AT = [40, 52] as const;
const AS_IT_IS = [0x10000, 0, 0, 0, 0x10000] as const;

/**
 * Reads what an MP4 file says of itself (ISO/IEC 14496-12): H.264 pictures, AAC sound or none, size and length. The
 * file came from a page or a program; anything that is not such a file is `capture.clip-unavailable`.
 */
export function readMp4(bytes: Uint8Array): Result<Clip, Failure> {
  if (bytes.length > MAX_CLIP_BYTES) return refuse(`${bytes.length} bytes`);
  const boxes = boxesOf(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  if (boxes?.[0]?.kind !== 'ftyp') return refuse('not an MP4 file');
  if (!boxes.some(({ kind }) => kind === 'mdat')) return refuse('no pictures in the file');
  const movie = boxesOf(boxes.find(({ kind }) => kind === 'moov')?.content);
  const durationMs = durationOf(movie?.find(({ kind }) => kind === 'mvhd')?.content);
  if (!movie || durationMs === null) return refuse('the file does not say how long it is');
  const tracks = movie.filter(({ kind }) => kind === 'trak').map(({ content }) => trackOf(content));
  const video = tracks.find((track) => track?.codec === 'avc1');
  const sound = tracks.find((track) => track?.codec === 'mp4a');
  if (!video) return refuse('no H.264 pictures');
  if (tracks.length !== (sound ? 2 : 1)) return refuse('a track of another kind');
  if (video.isTurned) return refuse('pictures that are to be turned');
  const { width, height } = video;
  return ok({
    bytes,
    container: 'mp4',
    videoCodec: 'h264',
    audioCodec: sound ? 'aac' : null,
    width,
    height,
    durationMs,
  });
}

/** The boxes in order; null when they don't fill the bytes exactly. */
function boxesOf(bytes: Buffer | undefined): readonly Box[] | null {
  if (!bytes) return null;
  const boxes: Box[] = [];
  for (let at = 0; at < bytes.length;) {
    if (at + 8 > bytes.length || boxes.length === MAX_BOXES) return null;
    const length = bytes.readUInt32BE(at);
    if (length < 8 || at + length > bytes.length) return null;
    boxes.push({ kind: bytes.toString('latin1', at + 4, at + 8), content: bytes.subarray(at + 8, at + length) });
    at += length;
  }
  return boxes;
}

function inside(bytes: Buffer | undefined, ...path: readonly string[]): Buffer | undefined {
  return path.reduce((content, kind) => boxesOf(content)?.find((box) => box.kind === kind)?.content, bytes);
}

/** `mvhd`, both versions; null when it says nothing. */
function durationOf(header: Buffer | undefined): number | null {
  if (!header || header.length < 32) return null;
  const isLong = header[0] === 1;
  const scale = header.readUInt32BE(isLong ? 20 : 12);
  const duration = isLong ? Number(header.readBigUInt64BE(24)) : header.readUInt32BE(16);
  return scale === 0 || duration === 0 ? null : (duration * 1_000) / scale;
}

function trackOf(track: Buffer): Track | null {
  const table = inside(track, 'mdia', 'minf', 'stbl', 'stsd');
  const entry = boxesOf(table?.subarray(SAMPLE_TABLE_HEADER))?.[0];
  if (!entry) return null;
  const isPicture = entry.kind === 'avc1' && entry.content.length >= 28;
  const width = isPicture ? entry.content.readUInt16BE(24) : 0;
  const height = isPicture ? entry.content.readUInt16BE(26) : 0;
  return { codec: entry.kind, width, height, isTurned: isPicture && isTurned(inside(track, 'tkhd')) };
}

/** Whether a player is told to turn or mirror the pictures: then they aren't as upright as their size says. */
function isTurned(header: Buffer | undefined): boolean {
  if (!header) return false;
  const at = MATRIX_AT[header[0] === 1 ? 1 : 0];
  if (header.length < at + 4 * AS_IT_IS.length) return true;
  return AS_IT_IS.some((expected, i) => header.readInt32BE(at + 4 * i) !== expected);
}

function refuse(detail: string): Result<never, Failure> {
  return err(failure('capture.clip-unavailable', detail));
}
