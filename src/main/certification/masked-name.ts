import { maskName } from '../../shared/domain/masking.ts';
import type { Run } from './run.ts';
import { identityOf } from './run-facts.ts';

/** The name that a public screen may show; null while nobody is known. */
export function maskedName(run: Run): string | null {
  const name = identityOf(run)?.name;
  return name === undefined ? null : maskName(name);
}
