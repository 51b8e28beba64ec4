import { parseBankCardNumber } from '../../shared/domain/bank-card.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { FlowEvent } from './flow-event.ts';
import type { FlowState } from './flow-state.ts';

/**
 * Takes a phone or bank card number while it is asked for. What doesn't fit comes back as `request.invalid` with the
 * field and what is wrong with it, and holds nothing of what was typed.
 */
export function takeElement(
  value: string,
  state: FlowState,
  dispatch: (event: FlowEvent) => void,
): Result<null, Failure> {
  if (state.step !== 'element-entry') return ok(null);
  const { certifyId } = state.run;
  if (state.asks === 'phone') {
    const phone = value.replace(/[\s-]/g, '').replace(/^(\+|00)?86(?=1\d{10}$)/, '');
    if (!/^1\d{10}$/.test(phone)) return err(failure('request.invalid', 'phone: 11 digits that begin with 1'));
    dispatch({ type: 'element-entered', certifyId, element: { phone } });
    return ok(null);
  }
  const card = parseBankCardNumber(value);
  if (!card.ok) return err(failure('request.invalid', `bankCard: ${card.error}`));
  dispatch({ type: 'element-entered', certifyId, element: { bankCard: card.value } });
  return ok(null);
}
