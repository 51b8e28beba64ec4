import { openMicrophone } from '../../src/renderer/camera/microphone.ts';

/** What the test drives: the renderer's microphone. */
export interface MicrophoneDriver {
  /** Listens for a while; the code of the failure, or what came. */
  listen(forMs: number): Promise<string | ListenedSound>;
}

export interface ListenedSound {
  readonly openedAtMs: number;
  readonly endedAtMs: number;
  readonly levels: readonly number[];
  readonly chunks: readonly { readonly pcmBase64: string; readonly startedAtMs: number }[];
}

declare global {
  interface Window {
    microphone: MicrophoneDriver;
  }
  interface Uint8Array {
    toBase64(): string;
  }
}

window.microphone = {
  listen: async (forMs) => {
    const chunks: { readonly pcmBase64: string; readonly startedAtMs: number }[] = [];
    const levels: number[] = [];
    const opened = await openMicrophone({
      onLevel: (level) => void levels.push(level),
      onChunk: ({ pcm, startedAtMs }) => void chunks.push({ pcmBase64: pcm.toBase64(), startedAtMs }),
    });
    if (!opened.ok) return opened.error.code;
    const openedAtMs = performance.now();
    await new Promise((resolve) => setTimeout(resolve, forMs));
    opened.value.close();
    const heard = chunks.length;
    await new Promise((resolve) => setTimeout(resolve, 400));
    if (chunks.length > heard) return 'goes on after it was closed';
    return { openedAtMs, endedAtMs: performance.now() - 400, levels, chunks };
  },
};
