import { SPEECH_SAMPLE_RATE } from '../../shared/domain/voice-detector.ts';

const PCM = 1;

/**
 * Reads a RIFF wave file (16 kHz, one channel, 16-bit PCM).
 *
 * @returns the samples, −1–1, or what is wrong with the file.
 */
export function readWave(bytes: Uint8Array): Float32Array | string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = (at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));
  if (bytes.length < 12 || text(0) !== 'RIFF' || text(8) !== 'WAVE') return 'is not a wave file';
  let fits = false;
  for (let at = 12; at + 8 <= bytes.length;) {
    const size = view.getUint32(at + 4, true);
    const body = at + 8;
    if (text(at) === 'fmt ' && body + 16 <= bytes.length) {
      fits =
        view.getUint16(body, true) === PCM &&
        view.getUint16(body + 2, true) === 1 &&
        view.getUint32(body + 4, true) === SPEECH_SAMPLE_RATE &&
        view.getUint16(body + 14, true) === 16;
      if (!fits) return 'is not 16 kHz, one channel, 16-bit PCM';
    }
    if (text(at) === 'data') {
      if (!fits || body + size > bytes.length) return 'is cut off';
      return samplesOf(bytes.subarray(body, body + size));
    }
    at = body + size + (size % 2);
  }
  return 'holds no sound';
}

/** 16-bit little-endian samples as numbers from −1 to 1. */
export function samplesOf(pcm: Uint8Array): Float32Array {
  const view = new DataView(pcm.buffer, pcm.byteOffset, pcm.byteLength);
  return Float32Array.from({ length: pcm.byteLength >> 1 }, (_, i) => view.getInt16(2 * i, true) / 32_768);
}
