import type { ChipLink } from '../../../src/main/chip-document/chip-link.ts';
import { failure } from '../../../src/shared/reasons.ts';
import { err, ok } from '../../../src/shared/result.ts';
import type { VirtualCard } from './virtual-card.ts';

/** A card without a reader between. */
export function linkTo(card: VirtualCard): ChipLink & { readonly sent: () => number } {
  let sent = 0;
  return {
    reader: 'virtual',
    atr: card.atr,
    sent: () => sent,
    async transmit(apdu) {
      sent += 1;
      const answer = card.transmit(apdu);
      return answer ? ok(answer) : err(failure('chip.stopped', 'no answer'));
    },
  };
}
