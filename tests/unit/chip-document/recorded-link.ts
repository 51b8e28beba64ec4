import { fromHex, toHex } from '../../../src/main/chip-document/bytes.ts';
import type { ChipLink } from '../../../src/main/chip-document/chip-link.ts';
import { failure } from '../../../src/shared/reasons.ts';
import { err, ok } from '../../../src/shared/result.ts';

/** A chip that knows one dialogue by heart: commands and responses in turn, as hexadecimal digits. */
export function recordedLink(dialogue: readonly (readonly [command: string, response: string])[]): ChipLink & {
  readonly left: () => number;
} {
  let at = 0;
  return {
    reader: 'recorded',
    atr: new Uint8Array(),
    left: () => dialogue.length - at,
    async transmit(apdu) {
      const [command, response] = dialogue[at] ?? ['', ''];
      if (toHex(apdu) !== command.replace(/\s/g, '')) {
        return err(failure('chip.stopped', `another command than recorded: ${toHex(apdu)}`));
      }
      at += 1;
      return ok(fromHex(response));
    },
  };
}
