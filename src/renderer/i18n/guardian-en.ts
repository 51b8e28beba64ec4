import type { guardianZhCn } from './guardian-zh-cn.ts';

type Words<T> = { readonly [K in keyof T]: T[K] extends string ? string : Words<T[K]> };

/** The words for whoever agrees for a child, in English. */
export const guardianEn: Words<typeof guardianZhCn> = {
  card: {
    title: 'Guardian: lay down your own card',
    lead: 'The child is under 14, so a parent or another guardian has to agree, with a card of their own.',
    searching: 'Waiting for the guardian’s card',
    swap: 'Lay down the guardian’s card instead',
    readingTitle: 'Reading the guardian’s card',
  },
  consent: {
    title: 'Guardian, please confirm',
    people: 'Who agrees for whom',
    guardian: 'Guardian',
    child: 'Child',
    childUnnamed: 'The child here',
    choiceLabel: 'Choice',
    choice: 'Staff can check instead',
    captureDetail: 'For this verification only.',
    transmitDetail: 'To {{recipient}}. Optional.',
    returnFace: 'I agree that a face picture is handed over',
    returnFaceDetail: 'Kept by the business. Optional.',
    capture: 'I agree to a capture of the child’s face',
    check: 'I agree to a check of the child’s identity',
    transmit: {
      record: 'I agree to send the result',
      identity: 'I agree to send the child’s name and number',
      face: 'I agree to send the child’s face picture',
      video: 'I agree to send the child’s face video',
    },
  },
};
