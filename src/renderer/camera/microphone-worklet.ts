import { createChunker } from './microphone-chunks.ts';

/** What the audio thread offers; TypeScript's DOM library leaves it out. */
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, processor: typeof AudioWorkletProcessor): void;
declare const currentFrame: number;

const SAMPLES_PER_CHUNK = 2_560;

/** Runs on the audio thread: sends what the microphone hears in chunks of 160 ms and plays nothing. */
class MicrophoneChunks extends AudioWorkletProcessor {
  readonly push = createChunker(SAMPLES_PER_CHUNK, (chunk) => this.port.postMessage(chunk, [chunk.pcm.buffer]));

  process([channels]: Float32Array[][]): boolean {
    const heard = channels?.[0];
    if (heard) this.push(heard, currentFrame);
    return true;
  }
}

registerProcessor('microphone-chunks', MicrophoneChunks);
