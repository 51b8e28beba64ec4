import { noticePeriod, type NoticeFacts, type NoticeWords } from './consent-notice-words.ts';

/** The notice's words in English. */
export const noticeWordsEn: NoticeWords = {
  titles: {
    who: 'Who handles your information',
    purpose: 'What it is for',
    basis: 'What allows it',
    taken: 'What is taken',
    compared: 'How you are checked',
    sent: 'Whether it is sent anywhere',
    kept: 'How long it is kept',
    returned: 'Who gets a picture',
    impact: 'Why it is needed, and what it means for you',
    rights: 'Your rights',
    'other-ways': 'If you would rather not use your face',
  },
  lines: {
    who: ({ siteName, contact }) => [
      `Handled by: ${siteName}.`,
      contact === undefined ? 'Contact: the staff at this counter.' : `Contact: ${contact}.`,
    ],
    purpose: ({ purpose }) => [`For: ${purpose}.`, 'For nothing else.'],
    basis: ({ legalBasis = 'consent' }) => [BASES[legalBasis]],
    taken,
    compared: ({ withoutFace }) =>
      withoutFace
        ? ['Your name, number and what else you give are checked. No face is captured.']
        : [
            'First that a living person is there, then your face against the card’s photo.',
            'You are compared with yourself alone and never searched for among others.',
          ],
    sent,
    kept,
    returned: ({ returnsFace, siteName }) =>
      returnsFace
        ? [`With a consent of its own, one face picture goes to ${siteName} to keep.`, 'You can say no to that.']
        : [],
    impact: ({ withoutFace }) => [
      withoutFace
        ? 'Identity details are sensitive: a leak can do harm.'
        : 'A face is sensitive and can’t be changed: a leak can do harm.',
      'It is needed to make sure that it is you who is here.',
      'So only what is needed is taken, and it is stored encrypted.',
    ],
    rights: () => [
      'You can say no, and stop at any time.',
      'You can withdraw: choose “Withdraw consent” here and place your ID card.',
      'Pictures and the like are then erased, and you get a receipt for that.',
      'To see, copy or correct your record, ask the staff.',
      'Under 14, a parent or guardian has to agree.',
    ],
    'other-ways': () => [
      'Choose “Another way”: the staff checks your ID card.',
      'You are served all the same, and you are not asked again.',
    ],
  },
  agreement: {
    capture: ({ withoutFace }) =>
      withoutFace
        ? { label: 'I agree to a check of my identity', detail: 'For this verification only.' }
        : { label: 'I agree to a face capture', detail: 'To compare it with the card’s photo, for this only.' },
    transmit: ({ sends, recipient = '' }) => ({
      label: SENDING[sends ?? 'record'],
      detail: `To ${recipient}. Optional.`,
    }),
    returnFace: ({ siteName }) => ({
      label: 'I agree that a face picture is handed over',
      detail: `Kept by ${siteName}. Optional.`,
    }),
  },
};

const BASES = {
  consent: 'Your own consent. Without it nothing is done.',
  contract: 'It is needed for what you asked for; your face still needs a consent of its own.',
  'legal-duty': 'The law asks for a check of identity; your face still needs a consent of its own.',
} as const;

const SENDING = {
  record: 'I agree to send the result',
  identity: 'I agree to send my name and number',
  face: 'I agree to send my face picture',
  video: 'I agree to send my face video',
} as const;

const SENT = {
  record: 'the result, with name and number masked and without pictures',
  identity: 'name, number and the result',
  face: 'a face picture, name, number and the result',
  video: 'a face video, name, number and the result',
} as const;

function taken({ withoutFace, keepsClip, sends }: NoticeFacts): readonly string[] {
  const identity = 'What your card says, with its photo; or the name and number that you type.';
  if (withoutFace) return [identity];
  const video = keepsClip || sends === 'video';
  return [
    identity,
    video ? 'Pictures and a short video of your face.' : 'Pictures of your face, only during the check.',
  ];
}

function sent({ recipient, sends }: NoticeFacts): readonly string[] {
  if (recipient === undefined) return ['No. Everything stays on this machine.'];
  return [
    `Only with a consent of its own, to: ${recipient}.`,
    `What is sent: ${SENT[sends ?? 'record']}.`,
    'Without that consent everything stays on this machine.',
  ];
}

function kept({ withoutFace, retentionDays, keepsPictures, keepsClip, sends, recipient }: NoticeFacts) {
  const { count, unit } = noticePeriod(retentionDays);
  const period = `${count} ${unit}${count === 1 ? '' : 's'}`;
  const lines = [`The record for ${period}, with name and number masked and without pictures.`];
  if (withoutFace) return lines;
  if (keepsPictures) {
    return [...lines, `Pictures${keepsClip ? ' and video' : ''} may be kept encrypted, for ${period} at most.`];
  }
  const waits = recipient !== undefined && (sends === 'face' || sends === 'video');
  return [
    ...lines,
    waits
      ? 'Pictures are erased after the check; what you agree to send, as soon as it is answered.'
      : 'Pictures are erased right after the check.',
  ];
}
