import { join } from 'node:path';
import { otherCard } from '../../src/main/card-reader/simulator/altered-card.ts';
import { loadDeck } from '../../src/main/card-reader/simulator/deck.ts';
import type { SimulatedCard } from '../../src/main/card-reader/simulator/card-file.ts';
import { parseFault } from '../../src/main/card-reader/simulator/fault.ts';
import { servePty, type ServedReader } from '../../src/main/card-reader/simulator/serve.ts';
import { SimulatedReader } from '../../src/main/card-reader/simulator/simulated-reader.ts';
import { parseTextBlock } from '../../src/main/card-reader/layouts.ts';
import { systemTiming } from '../../src/main/card-reader/timing.ts';
import type { DocumentFields, CardKind } from '../../src/shared/domain/document.ts';
import { failure, type Failure } from '../../src/shared/reasons.ts';
import { err, ok, type Result } from '../../src/shared/result.ts';
import { root } from '../steps/paths.ts';
import { SWAPPED_IN } from './day-plan.ts';

const DECK = join(root, 'resources/cards/deck');
/** How long a cable stays out when one reader is exchanged for another. */
const EXCHANGE_MS = 700;

/** What a card of the day has to be read as. */
export interface CardOfTheDay {
  readonly kind: CardKind;
  readonly fields: DocumentFields;
  readonly hasPortrait: boolean;
  readonly fingerprintBytes: number;
}

/** The counter of the day: a reader at a real pseudo-terminal, its cable, and the cards of the deck. */
export interface DayStage {
  /** What a card is, by its id in the plan. */
  cardOf(id: string): CardOfTheDay;
  put(id: string, fault?: string): void;
  takeOff(): void;
  fault(name: string): void;
  unplug(): Promise<void>;
  /** Plugs the cable in again, with a card on the reader if one is named and with none otherwise. */
  plug(id?: string): Promise<void>;
  /** Another reader at the same cable, empty, with a fault that it keeps. */
  exchangeReader(fault: string): Promise<void>;
  close(): Promise<void>;
}

/** Sets up the counter at `link`. Fails with `reader.missing` without socat, with `request.invalid` without a deck. */
export async function setDayStage(link: string): Promise<Result<DayStage, Failure>> {
  const deck = await loadDeck(DECK);
  if (!deck.ok) return deck;
  const reader = new SimulatedReader(systemTiming);
  const served = await servePty(reader, link, { timing: systemTiming, baud: 115_200 });
  if (!served.ok) return served;
  const cards = new Map(deck.value.cards.map(({ id, card }) => [id.slice(0, 2), card]));
  const swapped = parseTextBlock(otherCard().text);
  if (!swapped.ok) return err(failure('internal.bug', 'the swapped card'));
  const swappedIn: CardOfTheDay = { ...swapped.value, hasPortrait: false, fingerprintBytes: 0 };
  return ok(stageOf(reader, served.value, cards, swappedIn));
}

function stageOf(
  reader: SimulatedReader,
  served: ServedReader,
  cards: ReadonlyMap<string, SimulatedCard>,
  swappedIn: CardOfTheDay,
): DayStage {
  const cardNumbered = (id: string): SimulatedCard => {
    const card = cards.get(id);
    if (!card) throw new Error(`the deck has no card ${id}`);
    return card;
  };
  const fault = (name: string): void => {
    const parsed = parseFault(name, reader.nowMs);
    if (!parsed.ok) throw new Error(`no such fault: ${name}`);
    reader.setFault(parsed.value);
  };
  const put = (id: string, faultName?: string): void => {
    reader.insertCard(cardNumbered(id));
    if (faultName !== undefined) fault(faultName);
  };
  const plug = async (id?: string): Promise<void> => {
    reader.removeCard();
    if (id !== undefined) put(id);
    const plugged = await served.plug();
    if (!plugged.ok) throw new Error(plugged.error.detail ?? plugged.error.code);
  };
  return {
    cardOf: (id) => {
      if (id === SWAPPED_IN) return swappedIn;
      const { kind, fields, portrait, fingerprintBytes } = cardNumbered(id);
      return { kind, fields, hasPortrait: portrait !== undefined, fingerprintBytes: fingerprintBytes ?? 0 };
    },
    put,
    takeOff: () => reader.removeCard(),
    fault,
    unplug: () => served.unplug(),
    plug,
    exchangeReader: async (name) => {
      await served.unplug();
      fault(name);
      await new Promise((resolve) => setTimeout(resolve, EXCHANGE_MS));
      await plug();
    },
    close: () => served.stop(),
  };
}
