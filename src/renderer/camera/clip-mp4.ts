import type { ClipFormat, RecordedClip } from '../../shared/domain/clip.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { ClipEncoder } from './clip-encoder.ts';
import { atThreeTimesTheRate } from './clip-sound.ts';

/** H.264 constrained baseline, level 3.0: 480 × 640 at 30 frames a second is within it, and everything plays it. */
const H264 = 'avc1.42e01e';
/** AAC-LC. */
const AAC = 'mp4a.40.2';
const AUDIO_RATE = 48_000;
/** AAC works in frames of so many samples. */
const AUDIO_BLOCK = 1_024;
const KEY_FRAME_EVERY = 60;
/** Pictures that may wait for the encoder; more are left out, so that the challenge isn't slowed down. */
const MAX_WAITING = 12;

function videoConfig({ width, height, videoBitsPerSecond, framesPerSecond }: ClipFormat): VideoEncoderConfig {
  return {
    codec: H264,
    width,
    height,
    bitrate: videoBitsPerSecond,
    framerate: framesPerSecond,
    latencyMode: 'realtime',
    avc: { format: 'avc' },
  };
}

function audioConfig(bitrate: number): AudioEncoderConfig {
  return { codec: AAC, sampleRate: AUDIO_RATE, numberOfChannels: 1, bitrate };
}

export async function encodesH264(format: ClipFormat): Promise<boolean> {
  if (!('VideoEncoder' in window)) return false;
  const answer = await VideoEncoder.isConfigSupported(videoConfig(format)).catch(() => null);
  return answer?.supported === true;
}

export async function encodesAac(bitrate: number): Promise<boolean> {
  if (!('AudioEncoder' in window)) return false;
  const answer = await AudioEncoder.isConfigSupported(audioConfig(bitrate)).catch(() => null);
  return answer?.supported === true;
}

/** Encodes in this window by WebCodecs. The muxer is loaded with the first clip. */
export async function createMp4Encoder(format: ClipFormat): Promise<ClipEncoder> {
  const { ArrayBufferTarget, Muxer } = await import('mp4-muxer');
  const target = new ArrayBufferTarget();
  const { width, height, audioBitsPerSecond } = format;
  const muxer = new Muxer({
    target,
    video: { codec: 'avc', width, height },
    ...(audioBitsPerSecond === null
      ? {}
      : { audio: { codec: 'aac' as const, numberOfChannels: 1, sampleRate: AUDIO_RATE } }),
    fastStart: 'in-memory',
  });
  let problem: string | null = null;
  const fail = ({ name }: DOMException): void => void (problem ??= name);
  const video = new VideoEncoder({ output: (chunk, meta) => muxer.addVideoChunk(chunk, meta), error: fail });
  video.configure(videoConfig(format));
  let frames = 0;
  const close = (): void => {
    if (video.state !== 'closed') video.close();
  };
  return {
    addFrame: (picture, atMs) => {
      if (video.state !== 'configured' || video.encodeQueueSize > MAX_WAITING) return;
      const frame = new VideoFrame(picture, { timestamp: Math.round(atMs * 1_000) });
      video.encode(frame, { keyFrame: frames % KEY_FRAME_EVERY === 0 });
      frame.close();
      frames += 1;
    },
    finish: async (sound) => {
      try {
        await video.flush();
        if (sound && audioBitsPerSecond !== null) {
          await encodeSound(sound, audioConfig(audioBitsPerSecond), (chunk, meta) => muxer.addAudioChunk(chunk, meta));
        }
        if (problem === null && frames >= 2) muxer.finalize();
        return clipOf(problem ?? (frames < 2 ? 'too few pictures' : null), target);
      } catch (error) {
        return clipOf(problem ?? (error instanceof Error ? error.name : 'unknown'), target);
      } finally {
        close();
      }
    },
    abort: close,
  };
}

function clipOf(problem: string | null, target: { readonly buffer: ArrayBuffer }): Result<RecordedClip, Failure> {
  if (problem !== null) return err(failure('capture.clip-unavailable', `encoder: ${problem}`));
  return ok({ kind: 'mp4', bytes: new Uint8Array(target.buffer) });
}

async function encodeSound(
  sound: Int16Array,
  config: AudioEncoderConfig,
  output: EncodedAudioChunkOutputCallback,
): Promise<void> {
  let problem: DOMException | null = null;
  const encoder = new AudioEncoder({ output, error: (error) => void (problem ??= error) });
  encoder.configure(config);
  const samples = atThreeTimesTheRate(sound);
  for (let at = 0; at < samples.length; at += AUDIO_BLOCK) {
    const block = samples.slice(at, at + AUDIO_BLOCK);
    const piece = new AudioData({
      format: 'f32-planar',
      sampleRate: AUDIO_RATE,
      numberOfFrames: block.length,
      numberOfChannels: 1,
      timestamp: Math.round((at * 1_000_000) / AUDIO_RATE),
      data: block,
    });
    encoder.encode(piece);
    piece.close();
  }
  await encoder.flush();
  encoder.close();
  if (problem) throw problem as DOMException;
}
