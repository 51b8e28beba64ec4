import { createCardReading, type CardReading } from './card-reading.ts';
import { createDocumentIntake, type DocumentWork } from './document-intake.ts';
import type { FlowEvent } from './flow-event.ts';
import type { FlowState } from './flow-state.ts';
import { createGuardianReading, type GuardianReading } from './guardian-reading.ts';
import type { CertificationDependencies } from './service-contract.ts';
import { createTravelChipReading, type TravelChipReading } from './travel-chip-reading.ts';
import { createWithdrawalWork, type WithdrawalWork } from './withdrawal-work.ts';

/** Everything that finds out who somebody is. */
export interface IdentityWork {
  readonly card: CardReading;
  readonly guardian: GuardianReading;
  readonly chip: TravelChipReading;
  readonly documents: DocumentWork;
  readonly withdrawal: WithdrawalWork;
  /** Ends every read that waits for a card or a document. */
  stopReading(): void;
}

/**
 * Card, guardian and withdrawal share one card reader. Cards of the simulated reader are accepted in demo mode only.
 *
 * @param hooks.kept settles when nothing is being kept of the certification before.
 */
export function createIdentityWork(
  deps: CertificationDependencies,
  hooks: {
    readonly dispatch: (event: FlowEvent) => void;
    readonly state: () => FlowState;
    /** A card or document came or went: somebody is there. */
    readonly onPerson: () => void;
    readonly kept: () => Promise<unknown>;
  },
): IdentityWork {
  const { dispatch, onPerson } = hooks;
  const { cardReader, today, isNumberValid } = deps;
  const acceptsSimulated = (): boolean => deps.configuration().demo !== null;
  const reader = { cardReader, dispatch, today, isNumberValid, acceptsSimulated, onCard: onPerson };
  const card = createCardReading(reader);
  const guardian = createGuardianReading(reader);
  const chip = createTravelChipReading({ chips: deps.chips, dispatch, today, onDocument: onPerson });
  const withdrawal = createWithdrawalWork({
    ...reader,
    subjects: deps.subjects,
    subjectKey: (number) => deps.store.subjectKey(number),
    startTimer: deps.startTimer,
    kept: hooks.kept,
  });
  return {
    card,
    guardian,
    chip,
    withdrawal,
    documents: createDocumentIntake({
      documents: deps.documents,
      dispatch,
      state: hooks.state,
      today,
      onDocument: onPerson,
    }),
    stopReading: () => {
      card.stop();
      guardian.stop();
      chip.stop();
      withdrawal.stop();
    },
  };
}
