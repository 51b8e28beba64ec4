import type {
  awaitingZhCn,
  elementZhCn,
  expectedZhCn,
  handOffZhCn,
  methodsZhCn,
  resultWordsZhCn,
  wayActionsZhCn,
} from './ways-zh-cn.ts';

type Words<T> = { readonly [K in keyof T]: T[K] extends string ? string : Words<T[K]> };

/** The words of other ways, of what is typed beside name and number, and of a verifier that is waited for, in English. */
export const wayActionsEn: Words<typeof wayActionsZhCn> = {
  clerk: 'Ask the staff',
  goBack: 'Back',
  useCardCamera: 'Photograph my card',
  leaveNow: 'Stop waiting',
};

export const methodsEn: Words<typeof methodsZhCn> = {
  title: 'Choose another way',
  lead: 'Each of them will do; you need not say why.',
  list: 'Ways to choose from',
  names: {
    'identity-check': 'Name and ID number',
    'phone-check': 'With my phone number',
    'bank-card-check': 'With my bank card',
    'bank-card-phone-check': 'Bank card and phone',
    'another-liveness': 'Another face check',
    'phone-hand-off': 'On my own phone',
  },
  notes: {
    'identity-check': 'No face, details only',
    'phone-check': 'No face; number in your name',
    'bank-card-check': 'No face; card in your name',
    'bank-card-phone-check': 'No face; number on the account',
    'another-liveness': 'Still the camera, no flashing',
    'phone-hand-off': 'Scan a code, use its camera',
  },
  clerkNote: 'Take your card to the counter; no face',
};

export const elementEn: Words<typeof elementZhCn> = {
  phone: {
    title: 'Your phone number',
    lead: 'A mainland number registered in your own name.',
    name: 'Phone number',
    problem: 'Mobile numbers begin with 13 to 19. Please check.',
    right: 'The number fits. Please continue.',
  },
  bankCard: {
    title: 'Your bank card number',
    lead: 'A card in your own name; usually 16 to 19 digits.',
    name: 'Bank card number',
    problem: 'Something is mistyped. Please check each digit.',
    unsure: 'Not complete yet, or a digit is mistyped.',
    right: 'The number fits. Please continue.',
  },
  typed: '{{count}} entered',
  sending: 'One moment, please.',
  refused: 'That was not accepted. Please enter it again.',
};

export const handOffEn: Words<typeof handOffZhCn> = {
  opening: 'Preparing the code',
  title: 'Scan with your phone',
  opened: 'Go on with your phone',
  code: 'QR code that opens the verification on a phone',
  steps: {
    scan: 'Scan the code with your phone',
    follow: 'Follow what the phone says',
    wait: 'Then look here for the result',
  },
  openingLead: 'It is nearly there. Please have your phone ready.',
  openedLead: 'Please stay here. When you are done on the phone, the result appears by itself.',
  page: {
    countersign: 'Page by this kiosk’s own service',
    tencent: 'Page by Tencent Cloud',
    aliyun: 'Page by Alibaba Cloud',
  },
  left: 'Time left',
};

export const awaitingEn: Words<typeof awaitingZhCn> = {
  title: 'Waiting for the verifier',
  lead: 'It usually takes a few seconds.',
  kept: 'Everything is kept, encrypted',
  recorded: 'The record is on this machine',
  asking: 'The verifier is being asked',
  done: 'done',
  now: 'in progress',
  leave: 'You may also leave now; the result follows by itself.',
  leaveReceipt: 'You may also leave now and ask for the result by your receipt number.',
};

export const resultWordsEn: Words<typeof resultWordsZhCn> = {
  live: 'You have been checked',
  read: 'It has been read',
  pending: 'Being reviewed',
  captured: 'Taken and kept',
  passedNextPlain: 'Please go back to the counter.',
  passedNextPlainNamed: '{{name}}, please go back to the counter.',
  pendingLead:
    'The verifier is still looking at it; the result follows by itself. Staff find it by your receipt number.',
  capturedLead:
    'There is no network now. Everything is kept, encrypted, and checked once it is back. Staff find it by your receipt number.',
  useCardLead: 'The photo on file can’t be used. Photograph both sides of your card to go on.',
};

export const expectedEn: Words<typeof expectedZhCn> = {
  title: '{{name}}, please start',
  titleUnnamed: 'Please start here',
  order: 'Order',
  notYou: 'Not you? Please tell the staff.',
};
