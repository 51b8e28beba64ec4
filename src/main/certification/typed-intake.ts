import { parseTypedIdentity } from '../../shared/domain/typed-identity.ts';
import type { Failure } from '../../shared/reasons.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { FlowEvent } from './flow-event.ts';
import type { FlowState } from './flow-state.ts';
import { ruleOnTyped } from './typed-rules.ts';

/**
 * Takes what was typed in while it is asked for. What doesn't fit comes back as a value that names the field and
 * holds nothing of what was typed.
 *
 * @param today local calendar day, `YYYY-MM-DD`.
 */
export function takeTypedIdentity(
  { name, number }: { readonly name: string; readonly number: string },
  today: string,
  state: FlowState,
  dispatch: (event: FlowEvent) => void,
): Result<null, Failure> {
  if (state.step !== 'identity-entry') return ok(null);
  const parsed = parseTypedIdentity({ name, number }, today);
  if (!parsed.ok) return parsed;
  const { certifyId } = state.run;
  const ruling = ruleOnTyped(parsed.value.number, today);
  dispatch({ type: 'identity-typed', certifyId, identity: parsed.value.identity, ruling });
  return ok(null);
}
