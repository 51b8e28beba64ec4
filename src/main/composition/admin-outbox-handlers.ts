import { CONFIRMATION_CHECKS, type ConfirmationCheck } from '../../shared/domain/scene.ts';
import type { DirectVerifierView, OfferedConfirmation } from '../../shared/ipc/admin-outbox.ts';
import type { VerifierStatus } from '../../shared/ipc/admin.ts';
import type { Policy } from '../../shared/protocol/kv1.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { AdminHandlers } from './admin-handlers.ts';
import type { DirectVerifier } from './direct-verifier.ts';
import type { SyncService } from './sync-port.ts';

export interface OutboxHandlerParts {
  readonly sync: SyncService;
  readonly direct: DirectVerifier;
  readonly onSettings: () => void;
  /** Whether a clip can be encoded here where the page can't. */
  readonly encodesClips: () => boolean;
}

type OutboxChannel =
  | 'admin:outbox'
  | 'admin:outbox-send'
  | 'admin:outbox-pause'
  | 'admin:outbox-resolve'
  | 'admin:confirmations'
  | 'admin:direct-verifier'
  | 'admin:save-direct-verifier';

/** The outbox page, and what a scene can have confirmed. */
export function outboxHandlers(parts: OutboxHandlerParts): Pick<AdminHandlers, OutboxChannel> {
  const { sync, direct } = parts;
  return {
    'admin:outbox': () => sync.outbox(),
    'admin:outbox-send': async () => {
      await sync.syncNow();
      return sync.outbox();
    },
    'admin:outbox-pause': ({ paused }) => {
      const set = sync.setPaused(paused);
      return set.ok ? sync.outbox() : set;
    },
    'admin:outbox-resolve': async (item) => {
      const resolved = await sync.resolve(item);
      return resolved.ok ? sync.outbox() : resolved;
    },
    'admin:confirmations': () => offeredConfirmations(parts),
    'admin:direct-verifier': () => direct.view(),
    'admin:save-direct-verifier': ({ setting, keys }) => {
      const saved = direct.save(setting, keys && withoutAbsent(keys));
      if (!saved.ok) return saved;
      parts.onSettings();
      return direct.view();
    },
  };
}

type OfferParts = Pick<OutboxHandlerParts, 'sync' | 'direct' | 'encodesClips'>;

/**
 * One entry for each of `CONFIRMATION_CHECKS`, in their order. A vendor that is asked directly takes the place of the
 * verifier.
 */
export function offeredConfirmations({
  sync,
  direct,
  encodesClips,
}: OfferParts): Result<readonly OfferedConfirmation[], Failure> {
  const chosen = direct.view();
  if (!chosen.ok) return chosen;
  if (chosen.value.setting !== null) {
    return ok(CONFIRMATION_CHECKS.map((check) => directOffer(check, chosen.value, encodesClips())));
  }
  const status = sync.status();
  if (!status.ok) return status;
  const policy = sync.policy();
  return ok(CONFIRMATION_CHECKS.map((check) => offerOf(check, status.value, policy, encodesClips())));
}

function offerOf(
  check: ConfirmationCheck,
  { enrolled }: VerifierStatus,
  policy: Policy | null,
  encodesClips: boolean,
): OfferedConfirmation {
  const refused = (refusal: Failure): OfferedConfirmation => ({ check, servedBy: null, refusal });
  if (!enrolled) return refused(failure('verifier.not-enrolled'));
  if (policy === null) return refused(failure('verifier.unreachable', 'what it offers is not known yet'));
  const offer = policy.checks?.find((offered) => offered.check === check);
  if (!offer) return refused(failure('verifier.unsupported', check));
  return served(check, `${offer.verifier} · ${offer.operation}`, encodesClips);
}

function directOffer(check: ConfirmationCheck, view: DirectVerifierView, encodesClips: boolean): OfferedConfirmation {
  const refused = (refusal: Failure): OfferedConfirmation => ({ check, servedBy: null, refusal });
  if (view.failure) return refused(view.failure);
  const offer = view.checks.find((offered) => offered.check === check);
  if (!offer) return refused(failure('verifier.unsupported', check));
  return served(check, `${view.setting?.vendor ?? ''} · ${offer.operation}`, encodesClips);
}

function served(check: ConfirmationCheck, servedBy: string, encodesClips: boolean): OfferedConfirmation {
  if (check === 'video-authority' && !encodesClips) {
    return {
      check,
      servedBy: null,
      refusal: failure('capture.clip-unavailable', 'no program to encode it with'),
    };
  }
  return { check, servedBy, refusal: null };
}

/** Without members that are `undefined`, which zod leaves in place. */
function withoutAbsent(keys: { accessKeyId: string; secretAccessKey: string; securityToken?: string | undefined }) {
  const { securityToken, ...rest } = keys;
  return securityToken === undefined ? rest : { ...rest, securityToken };
}
