import type { ChallengeProgress } from '../../shared/domain/challenge.ts';
import type { FaceBox } from '../../shared/ipc/kiosk-guidance.ts';
import type { Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { CameraSession } from './camera-session.ts';
import { createFrameSampler, EVIDENCE_JPEG, type FacePicture, type FrameSampler } from './frame-sampler.ts';

type Answer = Promise<Result<ChallengeProgress, Failure>>;

export interface FramedOptions {
  readonly camera: Pick<CameraSession, 'video' | 'onLost'>;
  readonly signal: AbortSignal;
  /** Where the face was last, relative to the frame. */
  readonly box: FaceBox;
  /** The answer says what to show from now on. */
  readonly sendFrame: (frame: FacePicture & { capturedAtMs: number }) => Answer;
  /** A whole picture now and then, by which spoofs and the person are told. */
  readonly sendEvidence: (frame: { jpeg: Uint8Array; capturedAtMs: number }) => Promise<Result<unknown, Failure>>;
  readonly onProgress: (progress: ChallengeProgress) => void;
}

/** Twenty pictures a second: a blink of 100 ms shows in two of them. */
const FRAME_EVERY_MS = 45;
/** Answers are awaited in order; a second picture may be under way meanwhile. */
const IN_FLIGHT = 2;
const EVIDENCE_EVERY_MS = 250;

/** Sends a whole picture four times a second, one at a time. */
function createEvidenceSender(sampler: FrameSampler, options: FramedOptions, fail: (failed: Failure) => void) {
  let sentAtMs = -Infinity;
  let busy = false;
  const send = async (capturedAtMs: number): Promise<void> => {
    const jpeg = await sampler.grabJpeg(EVIDENCE_JPEG, options.box);
    const sent = jpeg.ok ? await options.sendEvidence({ jpeg: jpeg.value, capturedAtMs }) : jpeg;
    if (!sent.ok) fail(sent.error);
  };
  return (capturedAtMs: number): void => {
    if (busy || capturedAtMs - sentAtMs < EVIDENCE_EVERY_MS) return;
    busy = true;
    sentAtMs = capturedAtMs;
    void send(capturedAtMs).finally(() => (busy = false));
  };
}

/**
 * Runs a challenge that is judged while it runs: pictures of the face go out, answers say what to show. Ends when an
 * answer says so, with the failure of the camera or of a send, or with null when `signal` aborts.
 */
export function runFramed(options: FramedOptions): Promise<Result<ChallengeProgress | null, Failure>> {
  const { camera, signal, box, sendFrame, onProgress } = options;
  const sampler = createFrameSampler(camera.video);
  return new Promise((resolve) => {
    let inFlight = 0;
    let encoding = false;
    let sentAtMs = -Infinity;
    let answeredAtMs = -Infinity;
    let ended = false;
    const end = (result: Result<ChallengeProgress | null, Failure>): void => {
      if (ended) return;
      ended = true;
      stopFrames();
      stopWatch();
      signal.removeEventListener('abort', onAbort);
      resolve(result);
    };
    const onAbort = (): void => end(ok(null));
    const sendEvidence = createEvidenceSender(sampler, options, (failed) => end(err(failed)));
    const answered = (capturedAtMs: number, answer: Result<ChallengeProgress, Failure>): void => {
      inFlight -= 1;
      if (ended) return;
      // One picture that can't be counted is no reason to break off.
      if (!answer.ok && answer.error.code === 'request.invalid') return;
      if (!answer.ok) return end(answer);
      if (answer.value.ended) return end(ok(answer.value));
      if (capturedAtMs < answeredAtMs) return;
      answeredAtMs = capturedAtMs;
      onProgress(answer.value);
    };
    // One is encoded at a time, so that pictures leave in the order in which they were taken.
    const send = async (capturedAtMs: number): Promise<void> => {
      const picture = await sampler.grabFace(box);
      encoding = false;
      if (ended) return;
      if (!picture.ok) return end(picture);
      inFlight += 1;
      void sendFrame({ ...picture.value, capturedAtMs }).then((answer) => answered(capturedAtMs, answer));
    };
    const stopFrames = sampler.onFrame(({ capturedAtMs }) => {
      if (ended) return;
      sendEvidence(capturedAtMs);
      if (encoding || inFlight >= IN_FLIGHT || capturedAtMs - sentAtMs < FRAME_EVERY_MS) return;
      encoding = true;
      sentAtMs = capturedAtMs;
      void send(capturedAtMs);
    });
    const stopWatch = camera.onLost((lost) => end(err(lost)));
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) onAbort();
  });
}
