import { DEFAULT_IDENTIFICATION_POLICY, identificationPolicyOf, type Scene } from '../../../shared/domain/scene.ts';

/** How else people may identify themselves, as the fields of the scene's form hold it. */
export interface IdentificationDraft {
  readonly manualEntry: boolean;
  readonly cardPhoto: boolean;
}

export function identificationDraft(scene: Pick<Scene, 'identification'>): IdentificationDraft {
  return identificationPolicyOf(scene as Scene);
}

/** Reads the fields: a policy like the one that comes with the program isn't kept. */
export function parseIdentification<Draft extends IdentificationDraft>({ manualEntry, cardPhoto, ...rest }: Draft) {
  const isUsual =
    manualEntry === DEFAULT_IDENTIFICATION_POLICY.manualEntry && cardPhoto === DEFAULT_IDENTIFICATION_POLICY.cardPhoto;
  return { identification: isUsual ? {} : { identification: { manualEntry, cardPhoto } }, rest };
}
