import {
  CORES_FOR_FULL_CLIP,
  eraseRecordedClip,
  evidenceClipFormat,
  type RecordedClip,
} from '../../../shared/domain/clip.ts';
import type { ClipAsked } from '../../../shared/ipc/kiosk-view.ts';
import type { FaceBox } from '../../../shared/ipc/kiosk-guidance.ts';
import { recordClip } from '../../camera/clip-recorder.ts';
import type { ClipSound } from '../../camera/clip-sound.ts';
import type { TaskContext } from './capture.ts';

export interface ChallengeClip {
  /** Undefined where no clip is asked for. */
  readonly asked: ClipAsked | undefined;
  readonly nonce: string;
  readonly box: FaceBox;
  readonly sound: ClipSound | null;
  /** False where recording would disturb the challenge: then main is told that no clip comes. */
  readonly possible: boolean;
}

/** What is recorded of a framed challenge with fewer cores; a light challenge isn't recorded at all then. */
const SPARING_FRAMES_PER_SECOND = 15;

/** Whether a clip can be recorded in full without taking pictures from a challenge. */
export function hasRoomForClip(): boolean {
  return navigator.hardwareConcurrency >= CORES_FOR_FULL_CLIP;
}

/**
 * Records a clip beside a challenge, until the returned function is called or the challenge's task is stopped, and
 * hands it over. Nothing of the challenge waits for it or depends on it.
 */
export function startClip(clip: ChallengeClip, context: TaskContext): () => void {
  const { asked, nonce, possible } = clip;
  if (!asked) return () => undefined;
  const { bridge, certifyId, signal } = context;
  const stop = new AbortController();
  void (possible ? record(clip, asked, context, AbortSignal.any([signal, stop.signal])) : Promise.resolve(null))
    .catch(() => null)
    .then(async (recorded) => {
      await bridge.invoke('kiosk:clip', { certifyId, nonce, clip: recorded });
      if (recorded) eraseRecordedClip(recorded);
    });
  return () => stop.abort();
}

async function record(
  { box, sound }: ChallengeClip,
  means: ClipAsked,
  { camera }: TaskContext,
  signal: AbortSignal,
): Promise<RecordedClip | null> {
  const format = evidenceClipFormat(sound !== null, hasRoomForClip() ? undefined : SPARING_FRAMES_PER_SECOND);
  if (!format.ok) return null;
  const recorded = await recordClip({ video: camera.video, box, format: format.value, sound, means, signal });
  return recorded.ok ? recorded.value : null;
}
