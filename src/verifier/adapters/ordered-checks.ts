import type { Verifier } from '../../main/verifiers/contract.ts';
import { CHECKS, type Check } from '../../shared/domain/verification.ts';
import type { Policy } from '../../shared/protocol/kv1.ts';
import { serviceRefusalText } from '../../shared/service-refusal-texts.ts';
import type { CheckDirectory } from '../sessions/check-directory.ts';

/** Who is asked for a check, first to last, by verifier id. */
export type CheckOrder = Partial<Readonly<Record<Check, readonly string[]>>>;

/** The verifiers behind this one, each check's in the order that the configuration gives. */
export interface OrderedChecks extends CheckDirectory {
  /** What the policy tells devices: the first of each check's list. */
  offered(): NonNullable<Policy['checks']>;
}

/**
 * Puts verifiers in order. A check without an order isn't served, even if somebody could: what is asked, and so billed,
 * is always configured.
 */
export function orderChecks(verifiers: readonly Verifier[], order: CheckOrder): OrderedChecks {
  const named = (id: string): Verifier | null =>
    verifiers.find(({ capabilities }) => capabilities.verifier === id) ?? null;
  const answering = (check: Check): readonly Verifier[] =>
    (order[check] ?? []).map((id) => named(id)).filter((each) => each !== null && serves(each, check)) as Verifier[];
  return {
    answering,
    named,
    capabilities: (check) =>
      answering(check).flatMap(({ capabilities }) => capabilities.checks.filter((each) => each.check === check)),
    refusal: (check) => refusalOf(check, order[check] ?? [], named),
    offered: () =>
      CHECKS.flatMap((check) => {
        const capabilities = answering(check)[0]?.capabilities;
        const operation = capabilities?.checks.find((each) => each.check === check)?.operation;
        return capabilities === undefined || operation === undefined
          ? []
          : [{ check, verifier: capabilities.verifier, operation }];
      }),
  };
}

/** The first who is listed under a check and doesn't serve it, with the reason; null when everybody does. */
export function unservedListing(checks: Pick<OrderedChecks, 'named'>, order: CheckOrder): string | null {
  for (const check of CHECKS) {
    for (const id of order[check] ?? []) {
      const verifier = checks.named(id);
      if (verifier !== null && serves(verifier, check)) continue;
      return `checks.${check}: ${refusalOf(check, [id], checks.named)}`;
    }
  }
  return null;
}

function serves({ capabilities }: Verifier, check: Check): boolean {
  return capabilities.checks.some((capability) => capability.check === check);
}

function refusalOf(check: Check, listed: readonly string[], named: (id: string) => Verifier | null): string {
  if (listed.length === 0) return 'nobody is configured to answer it';
  const reasons = listed.map((id) => {
    const verifier = named(id);
    if (verifier === null) return `${id} is not configured`;
    const why = verifier.capabilities.refusals[check];
    return `${id}: ${why === undefined ? 'does not serve it' : serviceRefusalText(why, 'en')}`;
  });
  return reasons.join('; ');
}
