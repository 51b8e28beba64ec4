import type { identificationZhCN, identityFactsZhCN } from './identification-zh-CN.ts';

/** The words of how else people may identify themselves, in English. */
export const identificationEn: typeof identificationZhCN = {
  title: 'When the chip gives nothing',
  manualEntry: 'Name and number may be typed in',
  manualEntryNote: 'Nothing vouches for what is typed: at best staff decide, with the card in their hands',
  photographedCard: 'Both sides of the ID card may be photographed and read',
  photographedCardNote: 'Instead of its chip. Nothing vouches for a picture: at best staff decide',
  travelDocument: 'Passports and other travel documents may be used',
  travelDocumentNote:
    'By their machine-readable lines, and by their chip where a chip reader is set up; without a valid chip signature staff decide',
  cardPhoto: 'The photo on the card may be photographed and compared',
  cardPhotoNote:
    'For typed identities and chips whose photo can not be decoded. A printed photo can be replaced: at best staff decide',
};

export const identityFactsEn: typeof identityFactsZhCN = {
  typed: '{{card}} (typed in, no card was read)',
  printed: '{{chip}}; compared with the printed photo',
};
