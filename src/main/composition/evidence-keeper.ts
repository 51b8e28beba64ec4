import { CLIP_LIMITS, evidenceClipFormat, type RecordedClip } from '../../shared/domain/clip.ts';
import { asksForClip, evidencePolicyOf, keepsEvidence } from '../../shared/domain/scene.ts';
import type { Clock } from '../../shared/clock.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { EndedCapture, EvidenceKeeper } from '../certification/ports/evidence-keeper.ts';
import { finishClip } from '../clip/clip-intake.ts';
import type { ClipProgram } from '../clip/ffmpeg.ts';
import type { InferenceContract } from '../inference/contract.ts';
import type { VaultPart } from '../store/vault-bundle.ts';
import { bestFrameParts, clipParts, sessionParts } from '../store/vault-parts.ts';
import { evidenceEndMs, sweepExpired } from '../store/vault-retention.ts';
import type { Bundle, Vault } from '../store/vault.ts';

const BEST_FRAMES = 10;

/** What of the inference process is asked for evidence. */
export interface EvidenceSource {
  takeRecording(
    captureId: string,
    camera: InferenceContract['takeRecording']['params']['camera'],
  ): Promise<Result<InferenceContract['takeRecording']['result'], Failure>>;
  bestFrames(captureId: string, count: number): Promise<Result<InferenceContract['bestFrames']['result'], Failure>>;
}

export interface EvidenceKeeperParts {
  readonly vault: Vault;
  readonly source: EvidenceSource;
  /** Encodes what the page can't; null where this machine has none. */
  readonly clipProgram: () => ClipProgram | null;
  readonly clock: Clock;
  /** Days that a scene keeps evidence now; null for one that isn't known any more. */
  readonly retentionDaysOf: (sceneId: string) => number | null;
  readonly log: (event: string, failure: Failure) => void;
}

export interface KeptEvidence extends EvidenceKeeper {
  /** Destroys what is older than it may be, and once, at the start, what an interrupted run left. */
  sweep(atStart: boolean): Promise<void>;
}

/** Puts the pictures that a scene keeps into the vault, each bundle for itself: what fails leaves the others. */
export function createEvidenceKeeper(parts: EvidenceKeeperParts): KeptEvidence {
  const { vault, source, clock, log } = parts;

  async function put(ended: EndedCapture, bundle: Bundle, found: Result<readonly VaultPart[], Failure>) {
    const { record, scene } = ended;
    if (found.ok && found.value.length === 0) return;
    const endMs = evidenceEndMs(record.startedAtMs, scene.retentionDays);
    const kept = found.ok ? await vault.keep(record.certifyId, bundle, found.value, endMs) : found;
    if (!kept.ok) log(`evidence: ${bundle}`, kept.error);
    if (found.ok) for (const { bytes } of found.value) bytes.fill(0);
  }

  async function finished(recorded: RecordedClip | null): Promise<Result<readonly VaultPart[], Failure>> {
    if (!recorded) return err(failure('capture.clip-unavailable', 'the page has made none'));
    const hasSound = recorded.kind === 'parts' && recorded.pcm !== null;
    const format = evidenceClipFormat(hasSound);
    if (!format.ok) return format;
    const clip = await finishClip(recorded, format.value, CLIP_LIMITS.evidence, parts.clipProgram());
    return clip.ok ? ok(clipParts(clip.value)) : clip;
  }

  return {
    encodesClips: () => parts.clipProgram() !== null,
    keep: async (ended) => {
      const { record, scene, portrait, camera, clip } = ended;
      if (!keepsEvidence(evidencePolicyOf(scene), record.verdict.state)) return;
      // Before anything was captured there is nothing to keep but the card's portrait.
      if (camera) {
        const recording = await source.takeRecording(record.certifyId, camera);
        await put(ended, 'session', recording.ok ? ok(sessionParts(recording.value.sessions)) : recording);
        const best = await source.bestFrames(record.certifyId, BEST_FRAMES);
        const frames = best.ok && best.value.frames.length > 0 ? bestFrameParts(best.value.frames) : [];
        await put(ended, 'best-frames', best.ok ? ok(frames) : best);
      }
      if (portrait) await put(ended, 'portrait', ok([{ name: 'portrait', bytes: new Uint8Array(portrait) }]));
      // Last, because it may have to be waited for.
      if (clip && asksForClip(evidencePolicyOf(scene))) await put(ended, 'clip', await finished(await clip()));
    },
    sweep: async (atStart) => {
      const orphans = atStart ? await vault.sweepOrphans() : ok(0);
      if (!orphans.ok) log('evidence: interrupted writes', orphans.error);
      const expired = await sweepExpired(vault, clock.wallMs(), parts.retentionDaysOf);
      if (!expired.ok) log('evidence: retention', expired.error);
    },
  };
}
