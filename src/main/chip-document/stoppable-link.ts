import { failure } from '../../shared/reasons.ts';
import { err } from '../../shared/result.ts';
import type { ChipLink } from './chip-link.ts';

/** A link that sends nothing any more once `stopped` says so: the command that is under way is the last. */
export function untilStopped(link: ChipLink, stopped: () => boolean): ChipLink {
  return {
    reader: link.reader,
    atr: link.atr,
    async transmit(apdu) {
      if (stopped()) return err(failure('chip.stopped', 'reading was ended'));
      return link.transmit(apdu);
    },
  };
}
