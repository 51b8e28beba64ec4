import { capabilityFor } from '../../main/verifiers/attempt-runner.ts';
import type { Verifier } from '../../main/verifiers/contract.ts';
import type { CheckAnswer } from '../../shared/domain/verification.ts';
import type { VerifierMetrics } from './verifier-metrics.ts';

/** A verifier whose calls are counted by operation and by what may follow; it answers as the one behind it. */
export function meteredVerifier(verifier: Verifier, metrics: Pick<VerifierMetrics, 'attempt'>): Verifier {
  const { capabilities } = verifier;
  const count = (operation: string, answer: CheckAnswer): CheckAnswer => {
    metrics.attempt(capabilities.verifier, operation, answer.kind === 'pending' ? 'pending' : answer.outcome.retry);
    return answer;
  };
  return {
    capabilities,
    capabilityFor: (request) => capabilityFor(verifier, request),
    check: async (request, context) =>
      count(capabilityFor(verifier, request)?.operation ?? 'none', await verifier.check(request, context)),
    query: async (reference, request, context) => count('query', await verifier.query(reference, request, context)),
    erase: (reference, context) => verifier.erase(reference, context),
  };
}
