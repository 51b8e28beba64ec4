import type { KioskView } from '../../shared/ipc/kiosk-view.ts';
import type { WithdrawalOutcome, WithdrawalState } from './withdrawal-state.ts';
import { receiptNumber } from './receipt-text.ts';

type Own<Screen extends KioskView['screen']> = Omit<
  Extract<KioskView, { screen: Screen }>,
  | 'revision'
  | 'siteName'
  | 'sceneName'
  | 'language'
  | 'elder'
  | 'certifyId'
  | 'steps'
  | 'idleSecondsLeft'
  | 'demo'
  | 'camera'
>;
type DoneView = Own<'withdrawal-done'>['outcome'];

/** What somebody sees who withdraws their consent; nothing of it names them. */
export function withdrawalView(
  state: WithdrawalState,
  clearsInSeconds: number,
): Own<'withdrawal-card'> | Own<'withdrawal-review'> | Own<'withdrawal-erasing'> | Own<'withdrawal-done'> {
  switch (state.step) {
    case 'withdrawal-card':
      return { screen: 'withdrawal-card', phase: state.phase, problem: state.problem };
    case 'withdrawal-review':
      return { screen: 'withdrawal-review', kept: state.kept };
    case 'withdrawal-erasing':
      return { screen: 'withdrawal-erasing' };
    case 'withdrawal-done':
      return { screen: 'withdrawal-done', outcome: outcomeView(state.outcome), clearsInSeconds };
  }
}

function outcomeView(outcome: WithdrawalOutcome): DoneView {
  switch (outcome.kind) {
    case 'nothing-kept':
      return { kind: 'nothing-kept' };
    case 'failed':
      return { kind: 'failed', reason: outcome.failure.code };
    case 'erased': {
      const { receipt, receiptHash, verifier } = outcome.slip;
      const { deletionId, erased, remaining } = receipt.body;
      return {
        kind: 'erased',
        receiptNumber: receiptNumber(receiptHash),
        receiptCode: `countersign:deletion:1:${deletionId}:${receiptHash.slice(0, 16)}`,
        erased,
        remaining,
        verifier,
      };
    }
  }
}
