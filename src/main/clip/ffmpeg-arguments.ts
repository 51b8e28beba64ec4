import { CLIP_SAMPLE_RATE, MAX_CLIP_BYTES, type ClipFormat } from '../../shared/domain/clip.ts';

/** By preference; each with what it needs to be quick and readable everywhere. */
export const H264_ENCODERS = {
  libx264: ['-preset', 'veryfast', '-profile:v', 'baseline'],
  libopenh264: ['-profile:v', 'constrained_baseline'],
} as const;
export type H264Encoder = keyof typeof H264_ENCODERS;

/** Seconds of the processor's time: ends a program that outlives whoever started it and could have ended it. */
const PROCESSOR_SECONDS = 240;

const COMMON = [
  '-timelimit',
  String(PROCESSOR_SECONDS),
  '-nostdin',
  '-hide_banner',
  '-v',
  'error',
  '-protocol_whitelist',
  'pipe,file',
  '-y',
] as const;

/** Pictures come through standard input, sound through descriptor 3: nothing of the clip is in the arguments. */
export function encodeArguments(h264: H264Encoder, format: ClipFormat, hasSound: boolean, file: string): string[] {
  const sound = hasSound ? ['-f', 's16le', '-ar', String(CLIP_SAMPLE_RATE), '-ac', '1', '-i', 'pipe:3'] : [];
  const pictures = ['-f', 'mjpeg', '-framerate', String(format.framesPerSecond), '-i', 'pipe:0'];
  return [...COMMON, ...pictures, ...sound, ...resultArguments(h264, format, upright(format), hasSound, file)];
}

/** What is cut out of an MP4 file: from its beginning on, in milliseconds. */
export interface ClipCut {
  readonly fromMs: number;
  readonly lengthMs: number;
}

/** Cuts to the frame, since everything is encoded again. Sound is taken over where the format has one. */
export function recodeArguments(
  h264: H264Encoder,
  format: ClipFormat,
  { fromMs, lengthMs }: ClipCut,
  source: string,
  file: string,
): string[] {
  const hasSound = format.audioBitsPerSecond !== null;
  const cut = ['-ss', seconds(fromMs), '-t', seconds(lengthMs), '-i', source];
  const tracks = ['-map', '0:v:0', ...(hasSound ? ['-map', '0:a:0'] : [])];
  const filters = `${upright(format)},fps=${format.framesPerSecond}`;
  return [...COMMON, '-f', 'mov', ...cut, ...tracks, ...resultArguments(h264, format, filters, hasSound, file)];
}

function seconds(milliseconds: number): string {
  return (Math.max(0, milliseconds) / 1_000).toFixed(3);
}

/** The middle of a picture that is wider, and never a squeezed one. */
function upright({ width, height }: ClipFormat): string {
  const crop = `crop=w='min(iw,ih*${width}/${height})':h='min(ih,iw*${height}/${width})'`;
  return `${crop},scale=${width}:${height},setsar=1`;
}

function resultArguments(
  h264: H264Encoder,
  { videoBitsPerSecond, audioBitsPerSecond }: ClipFormat,
  filters: string,
  hasSound: boolean,
  file: string,
): string[] {
  const audio = hasSound ? ['-c:a', 'aac', '-b:a', String(audioBitsPerSecond ?? 64_000), '-ar', '44100'] : ['-an'];
  return [
    ...['-vf', filters, '-c:v', h264, ...H264_ENCODERS[h264], '-pix_fmt', 'yuv420p'],
    ...['-b:v', String(videoBitsPerSecond), '-maxrate', String(videoBitsPerSecond)],
    ...['-bufsize', String(2 * videoBitsPerSecond), '-g', '60', ...audio],
    ...['-map_metadata', '-1', '-movflags', '+faststart', '-fs', String(MAX_CLIP_BYTES), '-f', 'mp4', file],
  ];
}
