import type { IdCardField } from '../../../../shared/domain/document-reading.ts';

/**
 * The least confidence of a field's weakest character with which the field is sure; below it is `unclear`, and a
 * person is asked. Chosen on even seeds with `tests/accuracy/documents/field-limits.ts`: as high as costs hardly a right
 * value, and for names above all but those wrong ones that `LOOK_ALIKES` names. An authority, whose place may have a
 * rare name too, is looked at twice as names are, with the limit of nations.
 */
export const ID_CARD_FIELD_LIMITS: Readonly<Record<IdCardField, number>> = {
  name: 0.9,
  sex: 0.9,
  nation: 0.8,
  birthDate: 0.9,
  address: 0.6,
  number: 0.9,
  issuer: 0.8,
  validFrom: 0.9,
  validTo: 0.9,
};

/**
 * Characters that hardly any name has, and that the recogniser gives for one that names have, surely and in both looks:
 * 洗 for 冼, 逢 for 逄, 或 for 彧, 帘 for 甯. A name with one of them is never sure.
 */
export const LOOK_ALIKES = '洗逢或帘';
