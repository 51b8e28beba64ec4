import { v7 as uuid } from 'uuid';
import type { Clock } from '../../shared/clock.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, type Result } from '../../shared/result.ts';
import type { ConfirmationDesk } from '../certification/ports/verifier.ts';
import { sweepClipFolders } from '../clip/clip-folders.ts';
import { findFfmpeg, type ClipProgram } from '../clip/ffmpeg.ts';
import type { VerifierPicture } from '../inference/verifier-picture.ts';
import { DEFAULT_CAPS } from '../sync/offline-caps.ts';
import { clipTargetOf } from './clip-offers.ts';
import { createConfirmationDesk } from './confirmation-desk.ts';
import type { DirectVerifier } from './direct-verifier.ts';
import { createEvidenceKeeper, type KeptEvidence } from './evidence-keeper.ts';
import type { PreparedInference } from './face-inference.ts';
import type { Installation } from './installation.ts';
import type { SyncService } from './sync-port.ts';

/** Materials of a question are destroyed after this, answered or not: the longest that anything waits offline. */
const MATERIALS_KEPT_MS = DEFAULT_CAPS.maxAgeMs;
/** Evidence lives for days; an hour late is in time. */
const SWEEP_EVERY_MS = 3_600_000;

export interface CaptureKeepingParts {
  readonly installation: Installation;
  readonly inference: PreparedInference;
  readonly sync: SyncService;
  readonly direct: DirectVerifier;
  readonly clock: Clock;
  /** Whether this machine's clock can be believed enough to erase by it. */
  readonly mayErase: () => boolean;
  readonly log: (event: string, failure?: Failure) => void;
}

/** What is taken out of a capture before it is wiped: evidence that the scene keeps, and the verifier's materials. */
export interface CaptureKeeping {
  readonly evidence: KeptEvidence;
  readonly confirmation: ConfirmationDesk;
  /** The best picture of a capture, cut as verifiers take it. */
  bestPicture(certifyId: string): Promise<Result<VerifierPicture, Failure>>;
  /** Encodes what the page can't; null where this machine has none. */
  clipProgram(): ClipProgram | null;
  findClipProgram(): Promise<void>;
  /** Destroys what an interrupted run has left. */
  sweepLeftovers(): Promise<void>;
  stop(): void;
}

/** Destroys evidence in its time from now on. */
export function createCaptureKeeping(parts: CaptureKeepingParts): CaptureKeeping {
  const { installation, inference, sync, direct, clock, log } = parts;
  let found: ClipProgram | null = null;
  const clipProgram = (): ClipProgram | null => found;
  const evidence = createEvidenceKeeper({
    vault: installation.vault,
    source: inference,
    clipProgram,
    clock,
    retentionDaysOf: (sceneId) => {
      const scene = installation.scenes.scene(sceneId);
      return scene.ok ? scene.value.retentionDays : null;
    },
    log,
  });
  const sweeping = setInterval(() => {
    if (parts.mayErase()) void evidence.sweep(false);
  }, SWEEP_EVERY_MS);
  sweeping.unref();

  async function bestPicture(certifyId: string): Promise<Result<VerifierPicture, Failure>> {
    const best = await inference.bestFrames(certifyId, 1);
    if (!best.ok) return best;
    const [frame] = best.value.frames;
    return frame
      ? inference.verifierPicture(frame.jpeg, true)
      : err(failure('capture.too-few-frames', 'nothing to send'));
  }

  const confirmation = createConfirmationDesk({
    bestPicture,
    portraitPicture: (portrait) => inference.verifierPicture(portrait, false),
    clipProgram,
    clipTarget: (check) => clipTargetOf({ sync, direct }, check),
    keep: (certifyId, materials) =>
      installation.materials.keep(certifyId, materials, clock.wallMs() + MATERIALS_KEPT_MS),
    discard: (certifyId) => installation.materials.destroy(certifyId, 'erased'),
    refusal: () => sync.refusal(),
    newSessionId: () => uuid({ msecs: clock.wallMs() }),
    log,
  });

  return {
    evidence,
    confirmation,
    bestPicture,
    clipProgram,
    findClipProgram: async () => {
      found = await findFfmpeg();
    },
    sweepLeftovers: async () => {
      await sweepClipFolders();
      if (parts.mayErase()) await evidence.sweep(true);
    },
    stop: () => clearInterval(sweeping),
  };
}
