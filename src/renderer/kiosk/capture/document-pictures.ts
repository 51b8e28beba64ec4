import type { KioskBridge } from '../../../preload/bridge.ts';
import { MAX_DOCUMENT_PICTURE_BYTES } from '../../../shared/ipc/document-capture.ts';
import type { DocumentGuidance } from '../../../shared/domain/document-reading.ts';
import type { FailureCode } from '../../../shared/reasons.ts';
import { createFrameSampler, type JpegRequest } from '../../camera/frame-sampler.ts';
import { plainBytes } from './plain-bytes.ts';
import { clearStill, stillOf } from './still.ts';

/** Sends live pictures of a document, and the full one when it is to be read. */
export interface DocumentPictures {
  /** Takes the picture that is read; while one is on its way or being read, nothing. */
  take(): void;
  /** While a picture is being read, no live ones are needed; the picture stays frozen. */
  pause(reading: boolean): void;
  stop(): void;
}

export interface DocumentPicturesParts {
  readonly bridge: Pick<KioskBridge, 'invoke'>;
  readonly video: HTMLVideoElement;
  readonly certifyId: string;
  readonly onGuidance: (guidance: DocumentGuidance, capturedAtMs: number) => void;
  readonly onStill: (still: HTMLCanvasElement | null) => void;
  readonly onRefused: (code: FailureCode | null) => void;
}

/** Six a second: a hand that lays a card down is no faster, and an old machine looks for its edges in a tenth. */
const SEND_EVERY_MS = 160;
const LIVE_JPEG: JpegRequest = { width: 640, height: 640, quality: 0.75 };
/** As many pixels as the camera has, up to three times what the text of a card needs. */
const FULL_JPEG: JpegRequest = { width: 4096, height: 4096, quality: 0.92, maxBytes: MAX_DOCUMENT_PICTURE_BYTES };
/** After a picture that could not be used its problem is read before the next one is taken by itself. */
const REST_MS = 1_500;
/** The main process has taken the picture; its view that says so may come a moment later. */
const VIEW_FOLLOWS_MS = 300;

export function createDocumentPictures(parts: DocumentPicturesParts): DocumentPictures {
  const { bridge, video, certifyId, onGuidance, onStill, onRefused } = parts;
  const sampler = createFrameSampler(video);
  let stopped = false;
  let busy = false;
  let sentAtMs = -Infinity;
  let taking = false;
  let reading = false;
  let restedAtMs = -Infinity;
  let still: HTMLCanvasElement | null = null;

  const show = (next: HTMLCanvasElement | null): void => {
    const before = still;
    still = next;
    if (!stopped) onStill(next);
    if (before) clearStill(before);
  };
  const unfreeze = (): void => {
    if (stopped || taking || reading || !still) return;
    restedAtMs = performance.now() + REST_MS;
    show(null);
  };
  const sendLive = async (capturedAtMs: number): Promise<void> => {
    const jpeg = await sampler.grabJpeg(LIVE_JPEG);
    if (!jpeg.ok || stopped) return;
    const request = { certifyId, jpeg: plainBytes(jpeg.value), capturedAtMs };
    const answer = await bridge.invoke('kiosk:document-frame', request);
    jpeg.value.fill(0);
    // What lay there before the picture was taken says nothing of what comes after it.
    if (answer.ok && !stopped && still === null) onGuidance(answer.value, capturedAtMs);
  };
  const sendFull = async (): Promise<void> => {
    show(stillOf(video));
    const jpeg = await sampler.grabJpeg(FULL_JPEG);
    if (stopped) return;
    if (!jpeg.ok) return onRefused(jpeg.error.code);
    const sent = await bridge.invoke('kiosk:document-picture', { certifyId, jpeg: plainBytes(jpeg.value) });
    jpeg.value.fill(0);
    if (stopped) return;
    onRefused(sent.ok ? null : sent.error.code);
    if (sent.ok) await new Promise((resolve) => setTimeout(resolve, VIEW_FOLLOWS_MS));
  };
  const take = (): void => {
    if (stopped || taking || reading) return;
    taking = true;
    void sendFull().finally(() => {
      taking = false;
      unfreeze();
    });
  };
  const stopFrames = sampler.onFrame(({ capturedAtMs }) => {
    const nowMs = performance.now();
    if (busy || taking || reading || nowMs < restedAtMs || nowMs - sentAtMs < SEND_EVERY_MS) return;
    busy = true;
    sentAtMs = nowMs;
    void sendLive(capturedAtMs).finally(() => (busy = false));
  });
  return {
    take,
    pause: (now) => {
      reading = now;
      unfreeze();
    },
    stop: () => {
      stopped = true;
      stopFrames();
      show(null);
    },
  };
}
