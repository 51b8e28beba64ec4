import { ageInYears, isCalendarDate } from '../../shared/domain/calendar-date.ts';
import type { IdentityDocument } from '../../shared/domain/document.ts';
import { maskName, maskNumber } from '../../shared/domain/masking.ts';
import type { FailureCode } from '../../shared/reasons.ts';
import type { FlowEvent } from './flow-event.ts';
import { createOtherCardReading, type OtherCardParts } from './other-card.ts';

/** From this age on somebody may agree for a child (Civil Code, article 17). */
export const ADULT_AGE_YEARS = 18;

export interface GuardianReading {
  /**
   * Waits for the card of a child's guardian.
   *
   * @param childNumber as the child's own card says it; null where it isn't known.
   */
  start(certifyId: string, childNumber: string | null): Promise<void>;
  stop(): void;
}

export interface GuardianReadingParts extends OtherCardParts {
  readonly dispatch: (event: FlowEvent) => void;
  /** Local calendar day, `YYYY-MM-DD`. */
  readonly today: () => string;
  readonly isNumberValid: (document: IdentityDocument) => boolean;
}

/** Turns a guardian's card into events of the flow; nothing of it but the masked name and number is handed on. */
export function createGuardianReading(parts: GuardianReadingParts): GuardianReading {
  const { dispatch } = parts;
  const card = createOtherCardReading(parts);
  return {
    stop: () => card.stop(),
    start: (certifyId, childNumber) =>
      card.start({
        onOccupied: () => dispatch({ type: 'card-occupied', certifyId }),
        onProgress: (phase) => dispatch({ type: 'card-progress', certifyId, phase }),
        onFailed: (failure) => dispatch({ type: 'card-failed', certifyId, failure }),
        onRead: (document) => {
          const code = refusalOf(document, childNumber, parts);
          if (code !== null) return dispatch({ type: 'guardian-refused', certifyId, code });
          const { name, number } = document.fields;
          const guardian = { nameMasked: maskName(name), numberMasked: maskNumber(number) };
          dispatch({ type: 'guardian-read', certifyId, guardian });
        },
      }),
  };
}

/** Why nobody may agree by this card; null where somebody may. */
function refusalOf(
  document: IdentityDocument,
  childNumber: string | null,
  { today, isNumberValid }: GuardianReadingParts,
): FailureCode | null {
  const { birthDate, number } = document.fields;
  if (number === childNumber) return 'guardian.same-card';
  // An age that isn't known for sure is nobody's of age.
  if (!isCalendarDate(birthDate) || birthDate > today() || !isNumberValid(document)) return 'card.malformed';
  return ageInYears(birthDate, today()) < ADULT_AGE_YEARS ? 'guardian.not-adult' : null;
}
