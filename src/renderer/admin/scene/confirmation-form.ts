import type { ConfirmationCheck, Scene } from '../../../shared/domain/scene.ts';

/** What the verifier is asked beside keeping the record, as the scene's form holds it. */
export interface ConfirmationDraft {
  readonly confirmationCheck: ConfirmationCheck | 'none';
}

export function confirmationDraft({ confirmation }: Pick<Scene, 'confirmation'>): ConfirmationDraft {
  return { confirmationCheck: confirmation ?? 'none' };
}

export function parseConfirmation<Draft extends ConfirmationDraft>({ confirmationCheck, ...rest }: Draft) {
  return { confirmation: confirmationCheck === 'none' ? {} : { confirmation: confirmationCheck }, rest };
}
