import type { CardPhotoGuidance } from '../../shared/ipc/card-photo.ts';
import type { Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { FlowEvent } from './flow-event.ts';
import type { FlowState } from './flow-state.ts';
import type { CardPhotoFrame, FaceInference } from './ports/face-inference.ts';

export interface CardPhotoIntake {
  /** One picture of the card that is held up. */
  cardPhotoFrame(certifyId: string, frame: CardPhotoFrame): Promise<Result<CardPhotoGuidance, Failure>>;
}

export interface CardPhotoIntakeParts {
  readonly inference: Pick<FaceInference, 'findCardPortrait'>;
  readonly dispatch: (event: FlowEvent) => void;
  /** The certification in hand, if it has this id and is at this step. */
  readonly at: <S extends FlowState['step']>(step: S, certifyId: string) => Extract<FlowState, { step: S }> | null;
  /** A card was seen: somebody is there. */
  readonly onCard: () => void;
}

const NOTHING: CardPhotoGuidance = { hint: null, progress: 0 };

/** Takes pictures of a card only while the flow asks for one; all others are dropped. */
export function createCardPhotoIntake({ inference, dispatch, at, onCard }: CardPhotoIntakeParts): CardPhotoIntake {
  return {
    cardPhotoFrame: async (certifyId, frame) => {
      if (!at('card-photo', certifyId)) return ok(NOTHING);
      const seen = await inference.findCardPortrait(certifyId, frame);
      if (!at('card-photo', certifyId)) {
        if (seen.ok) seen.value.portrait?.fill(0);
        return ok(NOTHING);
      }
      if (!seen.ok) {
        dispatch({ type: 'step-failed', certifyId, failure: seen.error });
        return err(seen.error);
      }
      const { hint, progress, portrait } = seen.value;
      if (hint !== 'no-card') onCard();
      if (portrait) dispatch({ type: 'card-photo-taken', certifyId, portrait });
      else dispatch({ type: 'card-photo-hint', certifyId, hint: hint ?? 'hold-still' });
      return ok({ hint, progress });
    },
  };
}
