import type { identificationZhCN, identityFactsZhCN } from './identification-zh-CN.ts';

/** The words of how else people may identify themselves, in English. */
export const identificationEn: typeof identificationZhCN = {
  title: 'When the chip gives nothing',
  manualEntry: 'Name and number may be typed in',
  manualEntryNote: 'Nothing vouches for what is typed: at best staff decide, with the card in their hands',
  cardPhoto: 'The photo on the card may be photographed and compared',
  cardPhotoNote:
    'For typed identities and chips whose photo can not be decoded. A printed photo can be replaced: at best staff decide',
};

export const identityFactsEn: typeof identityFactsZhCN = {
  typed: '{{card}} (typed in, no card was read)',
  printed: '{{chip}}; compared with the printed photo',
};
