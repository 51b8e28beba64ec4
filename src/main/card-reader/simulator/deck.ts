import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { loadCard, type SimulatedCard } from './card-file.ts';

/** One card of a deck; its id is the name of its file without `.json`. */
export interface DeckCard {
  readonly id: string;
  readonly card: SimulatedCard;
}

/** Cards that are put on the reader one after the other, from the first again after the last. */
export interface Deck {
  readonly cards: readonly DeckCard[];
  next(): DeckCard;
}

/**
 * Reads every card file of a folder, in the order of their names. Fails with `request.invalid`, naming the file, when
 * one of them is wrong, and when there is none.
 */
export async function loadDeck(folder: string): Promise<Result<Deck, Failure>> {
  const names = await readdir(folder).catch(() => null);
  if (names === null) return err(failure('request.invalid', 'the folder of the deck can not be read'));
  const cards: DeckCard[] = [];
  for (const name of names.filter((each) => each.endsWith('.json')).sort()) {
    const loaded = await loadCard(join(folder, name));
    if (!loaded.ok) return err(failure('request.invalid', `${name}: ${loaded.error.detail ?? loaded.error.code}`));
    cards.push({ id: basename(name, '.json'), card: loaded.value });
  }
  return cards.length > 0 ? ok(deckOf(cards)) : err(failure('request.invalid', 'the folder holds no card file'));
}

/** @throws RangeError without cards. */
export function deckOf(cards: readonly DeckCard[]): Deck {
  if (cards.length === 0) throw new RangeError('a deck has at least one card');
  let dealt = 0;
  return { cards, next: () => cards[dealt++ % cards.length]! };
}
