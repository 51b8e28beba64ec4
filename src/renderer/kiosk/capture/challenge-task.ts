import type { z } from 'zod';
import type { ChallengeProgress } from '../../../shared/domain/challenge.ts';
import type { challengeAbortedSchema } from '../../../shared/ipc/kiosk-capture.ts';
import type { KioskView } from '../../../shared/ipc/kiosk-view.ts';
import type { FailureCode } from '../../../shared/reasons.ts';
import { runFramed } from '../../camera/framed-challenge.ts';
import { createHeardSound } from '../../camera/clip-sound.ts';
import { openMicrophone } from '../../camera/microphone.ts';
import { startClip } from './clip-task.ts';
import type { TaskContext } from './capture.ts';
import { plainBytes } from './plain-bytes.ts';

type AbortCode = z.infer<typeof challengeAbortedSchema>['code'];
type ChallengeView = Extract<KioskView, { screen: 'challenge' }>;

const ABORT_CODES: ReadonlySet<string> = new Set<AbortCode>([
  'capture.face-left',
  'capture.several-faces',
  'camera.lost',
  'camera.too-slow',
  'camera.frozen',
  'microphone.missing',
  'microphone.denied',
]);

function isAbortCode(code: FailureCode): code is AbortCode {
  return ABORT_CODES.has(code);
}

/** Lets a simulated person do what has newly been asked for. */
function createPrompter({ camera }: TaskContext): (progress: ChallengeProgress) => void {
  let prompted = '';
  return (progress) => {
    if (progress.kind === 'action' && progress.action !== null) {
      const prompt = `${progress.index} ${progress.action}`;
      if (prompt !== prompted) camera.actor?.perform(progress.action);
      prompted = prompt;
    }
    if (progress.kind === 'digits' && progress.shown.length > prompted.length) {
      camera.actor?.speak(progress.shown.at(-1)!);
      prompted = progress.shown;
    }
  };
}

/** Runs a framed challenge until the main process says that it has ended, and reports when it can't go on. */
export async function challengeTask({ kind, nonce, clip }: ChallengeView, context: TaskContext): Promise<void> {
  const { bridge, camera, certifyId, signal, lastBox, onProgress, onSoundLevel } = context;
  const abort = (code: FailureCode): void => {
    if (isAbortCode(code)) void bridge.invoke('kiosk:challenge-aborted', { certifyId, nonce, code });
    // Anything else came from the main process, which has ended the certification or lets the challenge expire.
  };
  if (!lastBox) return abort('capture.face-left');
  const sound = createHeardSound();
  const microphone =
    kind === 'digits'
      ? await openMicrophone({
          ...(camera.actor ? { stream: camera.actor.audioStream() } : {}),
          onLevel: onSoundLevel,
          onChunk: ({ pcm, startedAtMs }) => {
            sound.hear({ pcm, startedAtMs });
            void bridge.invoke('kiosk:challenge-audio', { certifyId, nonce, pcm: plainBytes(pcm), startedAtMs });
          },
        })
      : null;
  if (microphone && !microphone.ok) return abort(microphone.error.code);
  const prompt = createPrompter(context);
  const heard = microphone ? sound : null;
  const endClip = startClip({ asked: clip, nonce, box: lastBox, sound: heard, possible: true }, context);
  const ended = await runFramed({
    camera,
    signal,
    box: lastBox,
    onProgress: (progress) => {
      if (signal.aborted) return;
      prompt(progress);
      onProgress(progress);
    },
    sendFrame: (frame) =>
      bridge
        .invoke('kiosk:challenge-frame', { certifyId, nonce, ...frame, jpeg: plainBytes(frame.jpeg) })
        .finally(() => frame.jpeg.fill(0)),
    sendEvidence: (frame) =>
      bridge
        .invoke('kiosk:evidence', { certifyId, ...frame, phase: 'light', jpeg: plainBytes(frame.jpeg) })
        .finally(() => frame.jpeg.fill(0)),
  });
  endClip();
  if (microphone?.ok) microphone.value.close();
  if (!ended.ok && !signal.aborted) abort(ended.error.code);
}
