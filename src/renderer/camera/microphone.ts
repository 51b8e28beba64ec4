import { SPEECH_SAMPLE_RATE } from '../../shared/domain/voice-detector.ts';
import { failure, type Failure, type FailureCode } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { createSampleClock, meterOf, type SoundChunk } from './microphone-chunks.ts';
import workletAddress from './microphone-worklet.ts?worker&url';

export interface MicrophoneOptions {
  /** Listens to this instead of the device: a simulated person's voice. It is the caller's to stop. */
  readonly stream?: MediaStream;
  /** How loud it is now, 0–1. */
  readonly onLevel: (level: number) => void;
  /** 160 ms of sound: 16-bit little-endian samples, one channel, 16 kHz; the time is `performance.now()`'s. */
  readonly onChunk: (chunk: { readonly pcm: Uint8Array; readonly startedAtMs: number }) => void;
}

export interface Microphone {
  close(): void;
}

/**
 * Nothing of what a telephone does to a voice: gain control and noise suppression change the levels that the lips are
 * compared with, and the kiosk itself is silent while it listens.
 */
const CONSTRAINTS: MediaTrackConstraints = {
  channelCount: { ideal: 1 },
  echoCancellation: false,
  noiseSuppression: false,
  autoGainControl: false,
};

/** DOMException names of getUserMedia (W3C Media Capture and Streams, 10.3.1). */
const CODE_OF_EXCEPTION: Readonly<Record<string, FailureCode>> = {
  NotAllowedError: 'microphone.denied',
  SecurityError: 'microphone.denied',
};

/** Chunks that set the clock and are not passed on: the first ones come late, and the device clicks when it opens. */
const WARM_UP_CHUNKS = 3;
const WARM_UP_TIMEOUT_MS = 4_000;

/**
 * Opens the microphone and resolves when its sound flows. Chromium resamples to 16 kHz. Fails with
 * `microphone.denied`, or with `microphone.missing` when there is none, it can't be read or nothing comes from it.
 */
export async function openMicrophone(options: MicrophoneOptions): Promise<Result<Microphone, Failure>> {
  const opened = options.stream ? ok(options.stream) : await openDevice();
  if (!opened.ok) return opened;
  const stopDevice = (): void => {
    if (!options.stream) for (const track of opened.value.getTracks()) track.stop();
  };
  const context = new AudioContext({ sampleRate: SPEECH_SAMPLE_RATE, latencyHint: 'interactive' });
  const close = (): void => {
    stopDevice();
    if (context.state !== 'closed') void context.close();
  };
  try {
    await context.audioWorklet.addModule(workletAddress);
    await context.resume();
    const node = new AudioWorkletNode(context, 'microphone-chunks', { channelCount: 1, channelCountMode: 'explicit' });
    const source = context.createMediaStreamSource(opened.value);
    // It plays silence: only what leads to the output is run.
    source.connect(node).connect(context.destination);
    await flowing(node.port, createSampleClock(SPEECH_SAMPLE_RATE, latencyOf(opened.value)), options);
    return ok({
      close: () => {
        node.port.onmessage = null;
        source.disconnect();
        close();
      },
    });
  } catch (error) {
    close();
    return err(failure('microphone.missing', error instanceof Error ? error.message : 'no sound'));
  }
}

async function openDevice(): Promise<Result<MediaStream, Failure>> {
  try {
    return ok(await navigator.mediaDevices.getUserMedia({ audio: CONSTRAINTS, video: false }));
  } catch (error) {
    const name = error instanceof DOMException ? error.name : 'unknown';
    return err(failure(CODE_OF_EXCEPTION[name] ?? 'microphone.missing', name));
  }
}

/** Passes chunks on, and resolves once the first of them is. */
function flowing(
  port: MessagePort,
  clock: ReturnType<typeof createSampleClock>,
  { onLevel, onChunk }: MicrophoneOptions,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('nothing comes from the microphone')), WARM_UP_TIMEOUT_MS);
    let chunks = 0;
    port.onmessage = ({ data }: MessageEvent<SoundChunk>) => {
      const { pcm, firstFrame, level } = data;
      clock.observe(firstFrame + pcm.length / 2, performance.now());
      chunks += 1;
      if (chunks <= WARM_UP_CHUNKS) return;
      clearTimeout(timer);
      resolve();
      onLevel(meterOf(level));
      onChunk({ pcm, startedAtMs: clock.timeOf(firstFrame) });
    };
  });
}

/** What the browser says of the device's delay; 0 when it says nothing. */
function latencyOf(stream: MediaStream): number {
  const settings: MediaTrackSettings & { readonly latency?: number } = stream.getAudioTracks()[0]?.getSettings() ?? {};
  return 1_000 * (settings.latency ?? 0);
}
