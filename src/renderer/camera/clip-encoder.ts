import type { ClipFormat, RecordedClip } from '../../shared/domain/clip.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { createMp4Encoder, encodesAac, encodesH264 } from './clip-mp4.ts';

/** Takes a clip's pictures and sound, and makes something of them that main can finish. */
export interface ClipEncoder {
  /** The picture must be read before this returns; `atMs` counts from the first one. */
  addFrame(picture: OffscreenCanvas, atMs: number): void;
  /** Ends the clip; `sound` runs from the first frame on, 16 kHz, and is null where there is none. */
  finish(sound: Int16Array | null): Promise<Result<RecordedClip, Failure>>;
  /** Gives up and frees what is held. */
  abort(): void;
}

/** What can be done with a clip in this window and behind it. */
export interface ClipMeans {
  /** Whether main can encode parts, and with sound. */
  readonly mainEncodes: boolean;
}

const PART_QUALITY = 0.85;

/**
 * The encoder for a clip: H.264 in MP4 made here where the browser has both codecs, else parts for main to encode.
 * Without either it is `capture.clip-unavailable`; never anything else under the name of an MP4.
 */
export async function chooseEncoder(format: ClipFormat, means: ClipMeans): Promise<Result<ClipEncoder, Failure>> {
  const hasPictures = await encodesH264(format);
  const hasSound = format.audioBitsPerSecond === null || (await encodesAac(format.audioBitsPerSecond));
  if (hasPictures && hasSound) return ok(await createMp4Encoder(format));
  if (means.mainEncodes) return ok(createPartsEncoder());
  return err(failure('capture.clip-unavailable', hasPictures ? 'no AAC encoder' : 'no H.264 encoder'));
}

function createPartsEncoder(): ClipEncoder {
  const frames: Promise<{ readonly jpeg: Uint8Array<ArrayBuffer>; readonly capturedAtMs: number }>[] = [];
  return {
    addFrame: (picture, atMs) => {
      // The picture is read at the call, the encoding may take its time.
      const blob = picture.convertToBlob({ type: 'image/jpeg', quality: PART_QUALITY });
      frames.push(blob.then(async (jpeg) => ({ jpeg: new Uint8Array(await jpeg.arrayBuffer()), capturedAtMs: atMs })));
    },
    finish: async (sound) => {
      const encoded = await Promise.all(frames);
      if (encoded.length < 2) return err(failure('capture.clip-unavailable', 'too few pictures'));
      const pcm = sound && new Uint8Array(sound.buffer as ArrayBuffer, sound.byteOffset, sound.byteLength);
      return ok({ kind: 'parts', frames: encoded, pcm });
    },
    abort: () => void (frames.length = 0),
  };
}
