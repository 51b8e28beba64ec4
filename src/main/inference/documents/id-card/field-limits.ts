import type { IdCardField } from '../../../../shared/domain/document-reading.ts';

/**
 * The least confidence of a field's weakest character with which the field is sure; below it is `unclear`, and a
 * person is asked. Chosen on the development half of the specimens.
 */
export const ID_CARD_FIELD_LIMITS: Readonly<Record<IdCardField, number>> = {
  name: 0.8,
  sex: 0.7,
  nation: 0.7,
  birthDate: 0.7,
  address: 0.6,
  number: 0.6,
  issuer: 0.6,
  validFrom: 0.7,
  validTo: 0.7,
};
