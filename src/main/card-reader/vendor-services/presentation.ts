import { createHash } from 'node:crypto';
import type { CardText } from '../layouts.ts';

/** A card that was read before counts again only after so many answers in a row without a card. */
const EMPTY_ANSWERS_FOR_THE_SAME = 2;

/**
 * Decides whether a card that a service gives was presented just now. Services keep the last card and may give it again
 * long after it was taken off, also one that another program had them read. So within each wait, a card counts only
 * once the service has said that there is none, or when another card takes the place of one that was there. The card
 * that was taken last counts again only after two such answers, because one may just mean that it was badly read.
 */
export class Presentation {
  #taken: string | null = null;
  #emptyAnswers = 0;
  #lying: string | null = null;

  /** What was true before a wait says nothing about the time in between. */
  beginWait(): void {
    this.#emptyAnswers = 0;
    this.#lying = null;
  }

  /** The service answered that there is no card. */
  empty(): void {
    this.#emptyAnswers++;
  }

  /** Whether the card that the service gave now was presented now; if not, it counts as lying there. */
  isNew(card: string): boolean {
    const before = this.#taken === card ? EMPTY_ANSWERS_FOR_THE_SAME : 1;
    const swapped = this.#lying !== null && this.#lying !== card && this.#taken !== card;
    const fresh = this.#emptyAnswers >= before || swapped;
    this.#lying = card;
    this.#emptyAnswers = 0;
    return fresh;
  }

  /** The same for a card that was read but is no good; it doesn't take another card's place. */
  isUnreadableNew(): boolean {
    const fresh = this.#emptyAnswers > 0;
    this.#emptyAnswers = 0;
    return fresh;
  }

  /** Remembers a card as the one that was taken last. */
  take(card: string): void {
    this.#taken = card;
  }

  /** The card that was taken last; null before the first. */
  get taken(): string | null {
    return this.#taken;
  }
}

/** What tells one card from another, without saying anything about it. */
export function cardMark({ kind, fields }: CardText): string {
  const parts = [kind, fields.number, fields.name, fields.birthDate, fields.validFrom, fields.validTo];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
