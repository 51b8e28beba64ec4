import type { ClipFormat, RecordedClip } from '../../shared/domain/clip.ts';
import type { FaceBox } from '../../shared/ipc/kiosk-guidance.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { chooseEncoder, type ClipEncoder, type ClipMeans } from './clip-encoder.ts';
import { portraitRegion } from './clip-region.ts';
import { soundBetween, type ClipSound, type SoundPiece } from './clip-sound.ts';
import { createFrameSampler } from './frame-sampler.ts';

export interface ClipRequest {
  /** Plays the camera's stream. */
  readonly video: HTMLVideoElement;
  /** Where the face is, relative to the picture; the clip's upright part is chosen by it once. */
  readonly box: FaceBox;
  /** From `fitClip`. */
  readonly format: ClipFormat;
  /** Null where the format has no sound. */
  readonly sound: ClipSound | null;
  readonly means: ClipMeans;
  /** Ends the clip; what was recorded until then is the clip. */
  readonly signal: AbortSignal;
}

/** A frame that comes this much earlier than its turn is still taken: cameras waver. */
const EARLY_SHARE = 0.75;

/**
 * Records an upright clip around a face until `signal` aborts or the format's longest time is over. It never slows a
 * challenge down: pictures that can't be encoded in time are left out. Fails with `capture.clip-unavailable` when
 * neither this window nor main has the encoders, or one of them fails.
 */
export async function recordClip(request: ClipRequest): Promise<Result<RecordedClip, Failure>> {
  const { format, means, signal } = request;
  if (format.audioBitsPerSecond !== null && !request.sound) {
    return err(failure('capture.clip-unavailable', 'no microphone'));
  }
  const encoder = await chooseEncoder(format, means);
  if (!encoder.ok || signal.aborted) return encoder.ok ? aborted(encoder.value) : encoder;
  const pieces: SoundPiece[] = [];
  const stopSound = request.sound?.onSamples((piece) => void pieces.push(piece));
  const span = await recordFrames(request, encoder.value);
  stopSound?.();
  if (!span) return aborted(encoder.value);
  const sound = request.sound && soundBetween(pieces, span.firstMs, span.lastMs);
  const recorded = await encoder.value.finish(sound);
  return recorded.ok ? ok({ ...recorded.value, startedAtMs: span.firstMs }) : recorded;
}

function aborted(encoder: ClipEncoder): Result<never, Failure> {
  encoder.abort();
  return err(failure('capture.clip-unavailable', 'the clip ended before its first picture'));
}

interface Span {
  readonly firstMs: number;
  readonly lastMs: number;
}

/** Capture times of the first and the last picture; null without any. */
function recordFrames({ video, box, format, signal }: ClipRequest, encoder: ClipEncoder): Promise<Span | null> {
  const canvas = new OffscreenCanvas(format.width, format.height);
  const context = canvas.getContext('2d', { alpha: false });
  const { x, y, width, height } = portraitRegion({ width: video.videoWidth, height: video.videoHeight }, box);
  const leastApartMs = (EARLY_SHARE * 1_000) / format.framesPerSecond;
  return new Promise((resolve) => {
    let firstMs: number | null = null;
    let lastMs = -Infinity;
    const end = (): void => {
      stopFrames();
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve(firstMs === null ? null : { firstMs, lastMs });
    };
    const stopFrames = createFrameSampler(video).onFrame(({ capturedAtMs }) => {
      if (capturedAtMs - lastMs < leastApartMs) return;
      firstMs ??= capturedAtMs;
      if (capturedAtMs - firstMs > format.maxSeconds * 1_000) return end();
      lastMs = capturedAtMs;
      context?.drawImage(video, x, y, width, height, 0, 0, canvas.width, canvas.height);
      encoder.addFrame(canvas, capturedAtMs - firstMs);
    });
    const timer = setTimeout(end, format.maxSeconds * 1_000);
    signal.addEventListener('abort', end);
  });
}
