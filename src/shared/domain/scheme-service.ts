import type { HandOffPage } from './certification.ts';
import { lackingMaterials } from './scheme-materials.ts';
import type { Scheme } from './scheme.ts';
import type { ServiceRefusal } from './service-refusal.ts';
import {
  NEEDED_MATERIALS,
  type Capability,
  type Check,
  type VerifierCapabilities,
  type VerifierId,
} from './verification.ts';

/**
 * Whether a verifier can serve a scheme. `operation`: the maker's name of what is called; null where the scheme asks
 * nobody. `why`: for whoever configures.
 */
export type SchemeService =
  | { readonly served: true; readonly operation: string | null }
  | { readonly served: false; readonly why: ServiceRefusal };

/** Whose page a verifier can open for a person's phone, as far as its kind tells. */
export function pagesOf(verifier: VerifierId): readonly HandOffPage[] {
  if (verifier === 'countersign') return ['countersign'];
  return verifier === 'tencent' || verifier === 'aliyun' ? [verifier] : [];
}

/** Where a verifier doesn't say why it serves no such check. */
export function noOperation(verifier: VerifierId, check: Check): ServiceRefusal {
  return { code: 'no-operation', verifier, check, materials: NEEDED_MATERIALS[check].join(', ') };
}

/** As much of a verifier's capabilities as says whether it serves a scheme. */
export interface ServingVerifier extends Pick<VerifierCapabilities, 'verifier' | 'refusals'> {
  readonly checks: readonly Pick<Capability, 'check' | 'operation'>[];
}

/**
 * Which verifier can serve which scheme, and why not. A scheme without a check is decided on the device: whichever
 * verifier is set up only keeps its records.
 *
 * @param pages that can be opened for phones; by default those that the verifier's kind has
 */
export function servesScheme(
  scheme: Scheme,
  { verifier, checks, refusals }: ServingVerifier,
  pages: readonly HandOffPage[] = pagesOf(verifier),
): SchemeService {
  const { check, actor, hosted } = scheme;
  if (check === null) return { served: true, operation: null };
  const [lacking] = lackingMaterials(scheme, check);
  if (lacking !== undefined) return { served: false, why: { code: 'not-collected', check, material: lacking } };
  const offered = checks.find((capability) => capability.check === check);
  if (offered === undefined) {
    return { served: false, why: refusals[check] ?? noOperation(verifier, check) };
  }
  if (actor === 'phone' && !pages.some((page) => page === 'countersign' || page === hosted)) {
    return { served: false, why: { code: 'no-phone-page', verifier } };
  }
  return { served: true, operation: offered.operation };
}
