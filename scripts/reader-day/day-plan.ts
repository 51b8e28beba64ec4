import type { FailureCode } from '../../src/shared/reasons.ts';
import type { DayStage } from './day-stage.ts';

/** What the reader has to say, in order and nothing else. */
export type Expected =
  | { readonly event: 'ready'; readonly baud?: number }
  | { readonly event: 'lost'; readonly code: FailureCode }
  /** `card` is a card of the deck by the number in its file's name, or the one that the simulator swaps in. */
  | { readonly event: 'card'; readonly card: string; readonly withoutFingerprints?: true }
  | { readonly event: 'removed' }
  | { readonly event: 'swapped' }
  | { readonly event: 'problem'; readonly code: FailureCode };

export interface DayStep {
  /** For people. */
  readonly done: string;
  readonly act: (stage: DayStage) => unknown;
  readonly expected: readonly Expected[];
  /** By when all of it has to be said; 4 s where nothing else is given. */
  readonly withinMs?: number;
}

/** The card that the fault `swapped-card` puts in the place of another. */
export const SWAPPED_IN = 'swapped-in';

const card = (id: string): Expected => ({ event: 'card', card: id });
const REMOVED: Expected = { event: 'removed' };
const READY: Expected = { event: 'ready' };

/** Puts a card on, with a fault if one is named, and takes it off again. */
function visit(done: string, id: string, fault?: string, withinMs?: number): readonly DayStep[] {
  const put: DayStep = {
    done,
    act: (stage) => stage.put(id, fault),
    expected: [card(id)],
    ...(withinMs === undefined ? {} : { withinMs }),
  };
  return [put, { done: 'card taken off', act: (stage) => stage.takeOff(), expected: [REMOVED] }];
}

/** Puts on a card that can't be read, and takes it off again, which there is nothing to say about. */
function refusedVisit(done: string, id: string, fault: string, code: FailureCode): readonly DayStep[] {
  return [
    { done, act: (stage) => stage.put(id, fault), expected: [{ event: 'problem', code }] },
    { done: 'card taken off', act: (stage) => stage.takeOff(), expected: [] },
  ];
}

const clear = (done: string): DayStep => ({ done, act: (stage) => stage.fault('none'), expected: [] });

const OPENING: DayStep = {
  done: 'reader plugged in, watching begins',
  act: () => undefined,
  expected: [READY],
  withinMs: 20_000,
};

/** A part of the day: under 20 seconds. */
export const SHORT_DAY: readonly DayStep[] = [
  OPENING,
  ...visit('resident card', '01'),
  ...visit('permit for a resident of Hong Kong', '12'),
  ...visit('foreigner’s card of 2017', '15'),
  ...visit('foreigner’s card of 2023', '16'),
  ...visit('wrong checksum once', '02', 'bad-checksum-once'),
  ...refusedVisit('the reader refuses the card (33)', '01', 'status@read:33', 'card.refused'),
  {
    done: 'card pulled after 700 bytes',
    act: (stage) => stage.put('12', 'pull-mid-frame@700'),
    expected: [{ event: 'problem', code: 'card.pulled' }],
  },
  { done: 'another card instead', act: (stage) => stage.put('15'), expected: [card('15')] },
  { done: 'exchanged for a third one', act: (stage) => stage.put('16'), expected: [REMOVED, card('16')] },
  {
    done: 'cable pulled, card still there',
    act: (stage) => stage.unplug(),
    expected: [{ event: 'lost', code: 'reader.missing' }],
  },
  {
    done: 'cable back, another card there',
    act: (stage) => stage.plug('08'),
    expected: [READY, card('08')],
    withinMs: 8000,
  },
  { done: 'card taken off', act: (stage) => stage.takeOff(), expected: [REMOVED] },
];

/** The whole day: everything that cards, people, cables and readers do. */
export const WHOLE_DAY: readonly DayStep[] = [
  OPENING,
  ...visit('resident card', '01'),
  ...visit('resident card, long-term, number ends with X', '02'),
  ...visit('name with a middle dot', '03'),
  ...visit('name with a rare character', '04'),
  ...visit('appended address, two fingerprints', '07'),
  ...visit('expired card', '08'),
  ...visit('card that is not valid yet', '09'),
  ...visit('child under 14', '10'),
  ...visit('wrong check character in the number', '11'),
  ...visit('permit for a resident of Hong Kong', '12'),
  ...visit('permit for a resident of Macao, one fingerprint', '13'),
  ...visit('foreigner’s card of 2017', '15'),
  ...visit('foreigner’s card of 2023', '16'),
  ...visit('card of 2023 with its old number', '17'),
  ...visit('the line loses the first byte', '01', 'lost-leading-aa'),
  ...visit('noise before every reply', '12', 'garbage-before'),
  ...visit('the line echoes', '15', 'echo'),
  ...visit('every byte comes alone', '16', 'split'),
  ...visit('every reply comes twice', '07', 'two-replies-in-one-chunk'),
  clear('the line is well again'),
  ...visit('wrong checksum once', '02', 'bad-checksum-once'),
  ...visit('the card moves while it is selected', '04', 'moving-card'),
  ...visit('the reader takes two seconds', '08', 'slow'),
  ...visit('found only after two seconds', '12', 'no-card@2'),
  {
    done: 'wrong checksum every time',
    act: (stage) => stage.put('01', 'bad-checksum'),
    expected: [{ event: 'problem', code: 'reader.bad-frame' }],
  },
  { done: 'card taken off', act: (stage) => stage.takeOff(), expected: [] },
  clear('the line is well again'),
  ...visit('the same card once more', '01'),
  ...refusedVisit('the reader refuses the card (33)', '01', 'status@read:33', 'card.refused'),
  ...refusedVisit('a card of another kind', '01', 'unknown-type-flag', 'card.unknown-kind'),
  ...refusedVisit('all dates are zeros', '01', 'all-zero-dates', 'card.malformed'),
  ...refusedVisit('reading fails (41)', '01', 'status-41', 'card.read-failed'),
  {
    done: 'card pulled after 700 bytes',
    act: (stage) => stage.put('12', 'pull-mid-frame@700'),
    expected: [{ event: 'problem', code: 'card.pulled' }],
  },
  { done: 'another card instead', act: (stage) => stage.put('15'), expected: [card('15')] },
  { done: 'exchanged for a third one', act: (stage) => stage.put('16'), expected: [REMOVED, card('16')] },
  { done: 'card taken off', act: (stage) => stage.takeOff(), expected: [REMOVED] },
  {
    done: 'another card answers for the one that was read',
    act: (stage) => stage.put('01', 'swapped-card'),
    expected: [card('01'), { event: 'swapped' }, card(SWAPPED_IN)],
  },
  { done: 'card taken off', act: (stage) => stage.takeOff(), expected: [REMOVED] },
  {
    done: 'an old module that reads no fingerprints',
    act: (stage) => stage.put('07', 'refuses-30-10'),
    expected: [{ event: 'card', card: '07', withoutFingerprints: true }],
  },
  { done: 'card taken off', act: (stage) => stage.takeOff(), expected: [REMOVED] },
  clear('a newer module again'),
  { done: 'cable pulled', act: (stage) => stage.unplug(), expected: [{ event: 'lost', code: 'reader.missing' }] },
  { done: 'cable back', act: (stage) => stage.plug(), expected: [READY], withinMs: 8000 },
  ...visit('first card after it', '01'),
  { done: 'card on', act: (stage) => stage.put('12'), expected: [card('12')] },
  {
    done: 'cable pulled, card still there',
    act: (stage) => stage.unplug(),
    expected: [{ event: 'lost', code: 'reader.missing' }],
  },
  {
    done: 'cable back, another card there',
    act: (stage) => stage.plug('15'),
    expected: [READY, card('15')],
    withinMs: 8000,
  },
  { done: 'card taken off', act: (stage) => stage.takeOff(), expected: [REMOVED] },
  {
    done: 'cable comes loose after 600 bytes of a card',
    act: (stage) => stage.put('16', 'unplug-mid-frame@600'),
    expected: [{ event: 'lost', code: 'reader.missing' }, READY],
    withinMs: 10_000,
  },
  { done: 'card taken off', act: (stage) => stage.takeOff(), expected: [] },
  ...visit('the same card once more', '16'),
  {
    done: 'a reader of 9,600 baud takes its place',
    act: (stage) => stage.exchangeReader('listens-at@9600'),
    expected: [
      { event: 'lost', code: 'reader.missing' },
      { event: 'ready', baud: 9600 },
    ],
    withinMs: 15_000,
  },
  ...visit('a card on the slow reader', '01', undefined, 8000),
  {
    done: 'the fast reader again',
    act: (stage) => stage.exchangeReader('none'),
    expected: [
      { event: 'lost', code: 'reader.missing' },
      { event: 'ready', baud: 115_200 },
    ],
    withinMs: 15_000,
  },
  {
    done: 'the reader falls silent',
    act: (stage) => stage.fault('silent'),
    expected: [
      { event: 'problem', code: 'reader.no-answer' },
      { event: 'lost', code: 'reader.no-answer' },
    ],
    withinMs: 15_000,
  },
  { done: 'and answers again', act: (stage) => stage.fault('none'), expected: [READY], withinMs: 20_000 },
  ...visit('last card of the day', '02'),
];
