import type { Verifier } from '../../main/verifiers/contract.ts';
import type { TraceContext } from '../../shared/domain/trace-context.ts';
import type { DeletionBody } from '../../shared/protocol/kv1-sessions.ts';
import type { VerifierDatabase } from '../storage/database.ts';

/** How vendors are asked to erase. */
export interface VendorErasure {
  /** The verifier behind a name as attempts keep it; null where it isn't configured any more. */
  readonly verifierOf: (name: string) => Verifier | null;
  readonly trace: TraceContext;
}

type VendorOutcomes = DeletionBody['vendors'];

/** A vendor that doesn't answer within this time counts as failed; it is asked again with the next request. */
const VENDOR_TIMEOUT_MS = 5_000;
const MOST_CALLS = 1_000;

/**
 * Has every vendor delete what it keeps of these sessions' calls, as far as it gave a reference. One outcome per call;
 * what was never sent to anybody leads to none.
 */
export async function eraseAtVendors(
  sessions: readonly string[],
  { verifierOf, trace }: VendorErasure,
  database: VerifierDatabase,
): Promise<VendorOutcomes> {
  const calls = await database.queries
    .selectFrom('attempts')
    .select(['verifier', 'reference'])
    .distinct()
    .where('session_id', 'in', [...sessions])
    .where('reference', 'is not', null)
    .orderBy('reference')
    .limit(MOST_CALLS)
    .execute();
  const outcomes: VendorOutcomes = [];
  for (const { verifier, reference } of calls) {
    const outcome = await eraseOne(verifierOf(verifier), reference ?? '', trace);
    outcomes.push({ name: verifier.slice(0, 20), outcome });
  }
  return outcomes;
}

async function eraseOne(
  verifier: Verifier | null,
  reference: string,
  trace: TraceContext,
): Promise<VendorOutcomes[number]['outcome']> {
  if (verifier === null) return 'failed';
  try {
    const answer = await verifier.erase(reference, { trace, signal: AbortSignal.timeout(VENDOR_TIMEOUT_MS) });
    return answer.ok ? answer.value : 'failed';
  } catch {
    // A vendor's client that fails has not erased anything, and the rest must still be erased.
    return 'failed';
  }
}
