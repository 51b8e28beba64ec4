import { identificationPolicyOf, type Scene } from '../../../shared/domain/scene.ts';

/** How else people may identify themselves, as the fields of the scene's form hold it. */
export interface IdentificationDraft {
  readonly manualEntry: boolean;
  readonly cardPhoto: boolean;
  readonly photographedCard: boolean;
  readonly travelDocument: boolean;
}

export function identificationDraft(scene: Pick<Scene, 'identification'>): IdentificationDraft {
  const {
    manualEntry,
    cardPhoto,
    photographedCard = false,
    travelDocument = false,
  } = identificationPolicyOf(scene as Scene);
  return { manualEntry, cardPhoto, photographedCard, travelDocument };
}

/** Reads the fields: a policy like the one that comes with the program isn't kept. */
export function parseIdentification<Draft extends IdentificationDraft>({
  manualEntry,
  cardPhoto,
  photographedCard,
  travelDocument,
  ...rest
}: Draft) {
  const policy = {
    manualEntry,
    cardPhoto,
    ...(photographedCard ? { photographedCard } : {}),
    ...(travelDocument ? { travelDocument } : {}),
  };
  const isUsual = !manualEntry && !cardPhoto && !photographedCard && !travelDocument;
  return { identification: isUsual ? {} : { identification: policy }, rest };
}
