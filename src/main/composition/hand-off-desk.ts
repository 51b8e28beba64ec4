import type { HandOffPage } from '../../shared/domain/certification.ts';
import type { Clock } from '../../shared/clock.ts';
import { NEEDED_MATERIALS, type Check, type CheckMaterials } from '../../shared/domain/verification.ts';
import type { HandOffRequest } from '../../shared/protocol/kv1-hand-offs.ts';
import type { Policy } from '../../shared/protocol/kv1.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Run } from '../certification/run.ts';
import type { HandOffDesk } from '../certification/ports/hand-off-desk.ts';
import { identityFor, sealIdentity } from '../verifiers/countersign/identity-sealing.ts';
import type { KeptPolicy, Kv1Client } from '../verifiers/countersign/kv1-client.ts';
import type { OfferedPage } from '../verifiers/hosted-pages.ts';
import { createDirectHandOffs, orderIdOfHandOff } from './direct-hand-offs.ts';

export interface HandOffDeskParts {
  /** The enrolled verifier; null: none. */
  readonly client: () => Pick<Kv1Client, 'handOffs' | 'policy'> | null;
  /** The page of the vendor that this terminal asks by itself; null: none is asked directly. */
  readonly directPage: () => Result<OfferedPage | null, Failure>;
  /** Whether the verifier was reached lately. */
  readonly online: () => boolean;
  /** HMAC of a document number under this device's key, hex. */
  readonly subjectKey: (number: string) => string;
  readonly clock: Clock;
  readonly randomBytes: (length: number) => Buffer;
  /** A UUID version 7. */
  readonly newId: () => string;
  /** What the person has chosen on the screen; Chinese unless given. */
  readonly language?: () => HandOffRequest['language'];
}

export interface RunningHandOffDesk extends HandOffDesk {
  /** Learns which pages the verifier has, so that `refusal` knows before anybody scans anything. */
  refresh(): Promise<void>;
}

type Offer = Pick<Policy, 'handOffs' | 'handOffRefusals'>;
type Asked = Parameters<HandOffDesk['refusal']>[0];

/** Pages are opened by the enrolled verifier, or by the vendor that this terminal asks directly. */
export function createHandOffDesk(parts: HandOffDeskParts): RunningHandOffDesk {
  let kept: { readonly of: object; readonly policy: KeptPolicy } | null = null;
  const direct = createDirectHandOffs(parts);

  /** An unchanged policy isn't sent again. */
  async function policyOf(client: Pick<Kv1Client, 'policy'>): Promise<Result<Policy, Failure>> {
    const known = kept?.of === client ? kept.policy : null;
    const read = await client.policy(known);
    if (!read.ok) return err(read.error.failure);
    kept = { of: client, policy: read.value };
    return ok(read.value.policy);
  }

  async function refresh(): Promise<void> {
    const client = parts.client();
    if (client !== null) await policyOf(client);
  }

  return {
    refresh,
    refusal: (run) => {
      const client = parts.client();
      if (client === null) return direct.refusal(run);
      if (!parts.online()) return unavailable('the verifier can not be reached');
      // Not known yet: it may be tried, and the next time it is known.
      if (kept?.of !== client) {
        void refresh();
        return null;
      }
      const page = pageFor(run, kept.policy.policy);
      return page.ok ? null : page.error;
    },
    open: async (run, identity) => {
      const { consent } = run;
      if (consent?.transmit !== true) return err(failure('authority.not-asked', 'no consent to sending'));
      const client = parts.client();
      if (client === null) return direct.open(run, materialsOf(run, identity));
      const policy = await policyOf(client);
      if (!policy.ok) return policy;
      const request = await requestOf(parts, run, identity, policy.value);
      if (!request.ok) return request;
      const opened = await client.handOffs.open(request.value);
      if (opened.ok) return ok(opened.value.opened);
      const { code, failure: failed } = opened.error;
      return err(code === 'hand_off_unavailable' ? unavailable('the verifier opens no page') : failed);
    },
    look: async (opened) => {
      if (direct.isOwn(opened.handOffId)) return direct.look(opened);
      const client = parts.client();
      if (client === null) return err(failure('verifier.not-enrolled'));
      const seen = await client.handOffs.look(opened.handOffId, null);
      return seen.ok ? seen : err(seen.error.failure);
    },
    close: async (opened) => {
      if (direct.isOwn(opened.handOffId)) return direct.forget(opened.handOffId);
      await parts.client()?.handOffs.close(opened.handOffId, null);
    },
  };
}

/** The maker's page where the scheme has one and the verifier is set up for it, else the verifier's own. */
function pageFor({ scheme }: Asked, { handOffs, handOffRefusals }: Offer): Result<HandOffPage, Failure> {
  if (handOffs === undefined) return err(unavailable('the verifier knows of no hand-offs'));
  if (scheme.hosted !== null && handOffs.includes(scheme.hosted)) return ok(scheme.hosted);
  if (handOffs.includes('countersign')) return ok('countersign');
  return err(unavailable(handOffRefusals?.countersign ?? 'the verifier offers no page'));
}

async function requestOf(
  parts: HandOffDeskParts,
  run: Run,
  identity: { readonly name: string; readonly number: string } | null,
  policy: Policy,
): Promise<Result<HandOffRequest, Failure>> {
  const page = pageFor(run, policy);
  if (!page.ok) return page;
  const check = checkOf(run);
  const handOffId = parts.newId();
  const known = identityFor(check, handOffId, materialsOf(run, identity));
  const needs = NEEDED_MATERIALS[check] as readonly string[];
  if (known === null && needs.includes('identity')) return err(failure('material.missing', 'identity'));
  if (known !== null && policy.sealingKey === undefined) return err(unavailable('the verifier has no sealing key'));
  const sealed =
    known === null || policy.sealingKey === undefined ? ok(null) : await sealIdentity(known, policy.sealingKey);
  if (!sealed.ok) return sealed;
  const { certifyId, scene, consent } = run;
  return ok({
    handOffId,
    certifyId,
    sceneId: scene.id,
    orderId: orderIdOfHandOff(handOffId),
    check,
    page: page.value,
    consent: { transmit: true, version: consent?.version ?? '', givenAtMs: consent?.givenAtMs ?? 0 },
    subjectKey: identity === null ? null : parts.subjectKey(identity.number),
    language: parts.language?.() ?? 'zh-CN',
    simulated: run.document?.simulated ?? false,
    identity: sealed.value,
  });
}

/** Without a check of its own somebody is only looked at. */
function checkOf({ scheme }: Asked): Check {
  return scheme.check ?? 'face-live';
}

function materialsOf(run: Run, identity: { readonly name: string; readonly number: string } | null): CheckMaterials {
  const { phone, bankCard } = run.elements;
  return {
    ...(identity === null ? {} : { identity }),
    ...(phone === undefined ? {} : { phone }),
    ...(bankCard === undefined ? {} : { bankCard }),
  };
}

function unavailable(detail: string): Failure {
  return failure('handoff.unavailable', detail.slice(0, 300));
}
