import type { ResultView } from '../../shared/ipc/kiosk-view.ts';
import { receiptCode } from './receipt-text.ts';
import { REASONS, stateOf, type ReasonCode } from '../../shared/reasons.ts';
import type { FlowState } from './flow-state.ts';
import type { Run } from './run.ts';
import { offersTyping } from './other-ways.ts';
import { maskedName } from './masked-name.ts';
import { isLocked } from './run-facts.ts';
import { verdictFor } from './verdict-rules.ts';

/** What the authority says where it has no photo that a face could be compared with. */
const SOURCE_UNUSABLE = new Set<ReasonCode>(['source.no-photo', 'source.photo-unusable', 'identity.not-found']);

/** Whether the card's pictures can take the place of the photo that the authority could not use. */
export function mayUseCard({ scheme, follows }: Run, reason: ReasonCode): boolean {
  return scheme.cardPictures === 'when-source-unusable' && follows === null && SOURCE_UNUSABLE.has(reason);
}

/** Whether the same can be tried again from here: not by whoever comes with a caller's request, which is used up. */
export function mayRetry(run: Run, reason: ReasonCode): boolean {
  const undecided = stateOf(reason) === 'failed' || stateOf(reason) === 'error';
  return undecided && run.request === null && !isLocked(run);
}

/** Whether another way than the clerk can follow: where the scene has some, and the same could be tried again. */
export function hasOtherWays(run: Run, reason: ReasonCode): boolean {
  return mayRetry(run, reason) && reason !== 'risk.blocked' && (run.scene.fallbacks ?? []).length > 0;
}

/** The result as the public sees it: state, reason and receipt, never a score. */
export function resultOf(
  state: Extract<FlowState, { step: 'result' | 'other-method' }>,
  clearsInSeconds: number,
): ResultView {
  const { run, ending, committed } = state;
  const { reason } = ending;
  const verdict = stateOf(reason);
  const locked = isLocked(run) && (verdict === 'failed' || verdict === 'error');
  return {
    state: verdict,
    reason,
    next: locked && REASONS[reason].next === 'retry' ? 'call-staff' : REASONS[reason].next,
    nameMasked: maskedName(run),
    ...receiptCode(committed),
    provisional:
      verdictFor(reason, null, !run.test && (run.consent?.transmit ?? false)).provisional && !state.confirmed,
    clearsInSeconds,
    mayRetry: mayRetry(run, reason),
    ...(offersTyping(run, reason) && mayRetry(run, reason) ? { mayType: true } : {}),
    ...(mayUseCard(run, reason) ? { mayUseCard: true } : {}),
    ...(hasOtherWays(run, reason) ? { hasOtherWays: true } : {}),
  };
}
