import type { CardKind, DocumentFields } from '../../../../src/shared/domain/document.ts';

export interface FakeCard {
  readonly kind: CardKind;
  readonly fields: DocumentFields;
  /** Base64 text of the portrait, as the service would give it. */
  readonly portrait?: string;
}

/** The reader behind a fake service, and what the service remembers of it. */
export class FakeDevice {
  card: FakeCard | null = null;
  /** False: unplugged. */
  present = true;
  opened = false;
  /** Whether the service gives the last card again after it was taken off. */
  keepsLastCard = false;
  /** Whether a card can be read only once until it was taken off and put on again, as chips do it. */
  readsOnce = false;
  #last: FakeCard | null = null;
  #done: FakeCard | null = null;

  read(): FakeCard | null {
    const lying = this.readsOnce && this.card === this.#done ? null : this.card;
    if (!this.card) this.#done = null;
    if (lying) {
      this.#last = lying;
      this.#done = lying;
      return lying;
    }
    return this.keepsLastCard ? this.#last : null;
  }

  /** Another program on the counter has the card read that lies there. */
  readForAnotherProgram(): void {
    this.read();
  }
}
