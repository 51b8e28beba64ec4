import type { Verifier } from '../../main/verifiers/contract.ts';
import type { Capability, Check } from '../../shared/domain/verification.ts';

/** Who answers which check: the verifiers that stand behind this one. */
export interface CheckDirectory {
  /** In the order in which they are asked; empty where nobody answers. */
  answering(check: Check): readonly Verifier[];
  /** By the id that its attempts are written under. */
  named(verifier: string): Verifier | null;
  /** What those who answer a check say of it. */
  capabilities(check: Check): readonly Capability[];
  /** Why nobody answers a check, for whoever configures. */
  refusal(check: Check): string;
}
