import type { cardPhotoZhCn, entryZhCn, otherWayActionsZhCn } from './other-ways-zh-cn.ts';

type Words<T> = { readonly [K in keyof T]: T[K] extends string ? string : Words<T[K]> };

/** The words of the ways past the chip in English. */
export const otherWayActionsEn: Words<typeof otherWayActionsZhCn> = {
  typeIdentity: 'Type it in',
  useCard: 'Use the card',
  skip: 'Skip',
};

export const entryEn: Words<typeof entryZhCn> = {
  numberTitle: 'Enter your ID number',
  numberLead: 'If it begins with letters, press ABC.',
  nameTitle: 'Enter your name',
  nameLead: 'As it is on the card. Staff will look at the card.',
  number: 'ID number',
  name: 'Name',
  keypad: 'Number keys',
  letters: 'Letter keys',
  delete: 'Delete',
  clear: 'Clear',
  toLetters: 'ABC',
  toDigits: '123',
  back: 'Back',
  hidden: 'Hidden for now; press any key to go on',
  typed: '{{count}} of {{length}} entered',
  right: 'The number fits. Please continue.',
  problem: {
    region: 'The first six digits name no region. Please check.',
    'birth-date': 'The birth date can’t be right. Please check.',
    'check-digit': 'Something is mistyped. Please check each digit.',
    name: 'Use letters, spaces and hyphens only.',
    refused: 'That was not accepted. Please enter it again.',
  },
};

export const cardPhotoEn: Words<typeof cardPhotoZhCn> = {
  title: 'Show the photo side of your card',
  lead: 'Fill the frame with the card and hold it still for two seconds.',
  opening: 'Opening the camera',
  preview: 'Camera picture',
  hints: {
    'no-card': 'Put the card in the frame',
    'several-faces': 'Only the card, please',
    'too-small': 'Come a little closer',
    tilted: 'Hold the card straight',
    glare: 'Avoid the reflection',
    blurred: 'Hold the card still',
    'hold-still': 'Good, hold it still',
  },
};
