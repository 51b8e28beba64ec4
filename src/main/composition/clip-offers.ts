import { availableParallelism } from 'node:os';
import { sendsClip, unfitPlan } from '../../shared/domain/clip-plan.ts';
import { clipReceiver, offersOf, type ClipOffer, type ClipReceiver } from '../../shared/domain/clip-receiver.ts';
import { livenessPlanOf, type Scene } from '../../shared/domain/scene.ts';
import type { Check } from '../../shared/domain/verification.ts';
import type { Failure } from '../../shared/reasons.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { DirectVerifier } from './direct-verifier.ts';
import type { SyncService } from './sync-port.ts';

export interface ClipOfferParts {
  readonly sync: Pick<SyncService, 'policy'>;
  readonly direct: Pick<DirectVerifier, 'view'>;
  /** Processor cores of this machine; those that there are, unless a test says otherwise. */
  readonly cores?: number;
}

/** What the clip of a check has to be like for whoever answers it: a vendor asked from here, or those of the policy. */
export function clipTargetOf(parts: ClipOfferParts, check: Check): Result<ClipReceiver, Failure> {
  const offers = clipOffers(parts, check);
  return offers.ok ? clipReceiver(offers.value) : offers;
}

function clipOffers({ sync, direct }: ClipOfferParts, check: Check): Result<readonly ClipOffer[], Failure> {
  const view = direct.view();
  if (!view.ok) return view;
  const { setting, checks } = view.value;
  if (setting === null) return ok(offersOf(sync.policy(), check));
  const verifier = setting.vendor;
  return ok(offersOf({ checks: checks.map((each) => ({ ...each, verifier })) }, check));
}

/** Why the clips of a scene's challenges would not fit who shall confirm them; null where they do, or none is sent. */
export function unfitClips(scene: Scene, parts: ClipOfferParts): Failure | null {
  if (!sendsClip(scene)) return null;
  const receiver = clipTargetOf(parts, 'video-authority');
  if (!receiver.ok) return receiver.error;
  return unfitPlan(receiver.value, livenessPlanOf(scene), parts.cores ?? availableParallelism());
}
