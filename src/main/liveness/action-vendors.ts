import type { Action, ActionChallenge } from '../../shared/domain/challenge.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';

export type ActionVendor = 'tencent' | 'aliyun';

/** The codes of Tencent's `LivenessRecognition`, whose `GetActionSequence` gives sequences such as `2,1`. */
const TENCENT_CODES: Partial<Record<Action, string>> = { 'open-mouth': '1', blink: '2' };

/**
 * Aliyun names the whole challenge: `LIVENESS` is a blink, `MULTI_ACTION` a blink and a shake of the head, in an order
 * that it chooses.
 */
function aliyunModel(actions: readonly Action[]): string | null {
  if (actions.length === 1 && actions[0] === 'blink') return 'LIVENESS';
  const shakes = actions.some((action) => action === 'turn-left' || action === 'turn-right');
  return actions.length === 2 && actions.includes('blink') && shakes ? 'MULTI_ACTION' : null;
}

/**
 * A challenge's actions as a vendor names them, in order. What the vendor doesn't know is `request.invalid`: asking for
 * fewer actions than were issued is never right.
 */
export function vendorActionCodes(
  challenge: Pick<ActionChallenge, 'actions'>,
  vendor: ActionVendor,
): Result<readonly string[], Failure> {
  const actions = challenge.actions.map(({ action }) => action);
  const codes = vendor === 'aliyun' ? [aliyunModel(actions)] : actions.map((action) => TENCENT_CODES[action] ?? null);
  const known = codes.filter((code) => code !== null);
  if (known.length === codes.length) return ok(known);
  return err(failure('request.invalid', `${vendor} can't be asked for ${actions.join(', ')}`));
}
