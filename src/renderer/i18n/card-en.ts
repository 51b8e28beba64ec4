import type { cardZhCn } from './card-zh-cn.ts';

/** The words of the card screen in English. */
export const cardEn: typeof cardZhCn = {
  title: 'Lay your ID card flat on the reader',
  lead: 'Leave it there; the next step begins by itself.',
  searching: 'Waiting for the card',
  found: 'Card found, please leave it there',
  reading: 'Reading, please leave the card there',
  readingTitle: 'Reading your card',
  readingLead: 'Please leave it there for about 2 seconds.',
  guides: {
    again: 'Lift the card, then lay it flat again',
    one: 'Lay down one card only',
    stay: 'Lay it down again and leave it there',
  },
};
