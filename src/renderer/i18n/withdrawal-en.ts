import type { withdrawalActionsZhCn, withdrawalZhCn } from './withdrawal-zh-cn.ts';

type Words<T> = { readonly [K in keyof T]: T[K] extends string ? string : Words<T[K]> };

/** The words of a withdrawal of consent, in English. */
export const withdrawalActionsEn: Words<typeof withdrawalActionsZhCn> = {
  withdraw: 'Withdraw consent',
  erase: 'Erase my data',
  eraseSure: 'Yes, erase it',
  keep: 'Keep it',
};

export const withdrawalEn: Words<typeof withdrawalZhCn> = {
  card: {
    title: 'Lay down your own ID card',
    lead: 'You will see what this machine keeps of you, and then decide whether to erase it.',
  },
  review: {
    title: 'What is kept of you here',
    onlyRecords: 'Only records are kept here',
    sureTitle: 'Erase all of this?',
    sureLead: 'It can not be brought back, and your consent is withdrawn with it.',
    erased: 'Will be erased',
    stays: 'Stays, as the law asks',
    pictures_one: 'verification with its pictures or video',
    pictures_other: 'verifications with their pictures or videos',
    waiting_one: 'set of data waiting to be sent',
    waiting_other: 'sets of data waiting to be sent',
    requests_one: 'order with what was filled in',
    requests_other: 'orders with what was filled in',
    records_one: 'record, name and number masked, no pictures',
    records_other: 'records, names and numbers masked, no pictures',
    until: 'until {{date}}',
    returned_one: 'picture went to the business; ask them to erase it',
    returned_other: 'pictures went to the business; ask them to erase them',
    sent: 'The verifier is told to erase its part too',
    nothing: 'No pictures, videos or details',
  },
  erasing: { title: 'Erasing', lead: 'It takes a few seconds. Please stay.' },
  done: {
    erased: 'Erased, and consent withdrawn',
    nothing: 'Nothing of yours is kept here',
    failed: 'The erasure was not finished',
    nothingLead: 'Nothing was found that belongs to this card, so there is nothing to erase.',
    gone_one: '{{count}} item was erased',
    gone_other: '{{count}} items were erased',
    goneNone: 'There were no pictures or details to erase',
    remaining_one: '{{count}} masked record stays, as the law asks',
    remaining_other: '{{count}} masked records stay, as the law asks',
    remainingUntil_one: '{{count}} masked record stays, as the law asks, until {{date}}',
    remainingUntil_other: '{{count}} masked records stay, as the law asks, until {{date}}',
    verifier: {
      none: 'Nothing was ever sent to a verifier',
      queued: 'The verifier is told once there is a network',
      erased: 'The verifier has erased its part too',
    },
    receipt: 'Erasure receipt number',
    scan: 'Scan to keep it; nothing personal inside.',
  },
};
