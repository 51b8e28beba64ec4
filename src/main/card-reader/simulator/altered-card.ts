import { CARD_MANAGEMENT_NUMBER_BYTES } from '../commands.ts';
import { FOREIGNER_2017, KIND_FLAG, RESIDENT, type Span } from '../layout-fields.ts';
import type { Fault } from './fault-kinds.ts';
import { encodeCard, fingerprintOf, type EncodedCard } from './text-block.ts';

/** The card as its faults have the reader hand it out. */
export function alteredCard(card: EncodedCard, faults: readonly Fault[]): EncodedCard {
  let { photo, fingerprint } = card;
  const text = Buffer.from(card.text);
  const spans = text.toString('utf16le', KIND_FLAG[0], KIND_FLAG[0] + KIND_FLAG[1]) === 'I' ? FOREIGNER_2017 : RESIDENT;
  for (const fault of faults) {
    if (fault.kind === 'photo-length-0') photo = new Uint8Array(0);
    if (fault.kind === 'fingerprint-bytes') fingerprint = fingerprintOf(fault.bytes);
    if (fault.kind === 'unknown-type-flag') text.write('Z', KIND_FLAG[0], 'utf16le');
    if (fault.kind === 'all-zero-dates') {
      for (const span of [spans.birthDate, spans.validFrom, spans.validTo]) text.write('00000000', span[0], 'utf16le');
    }
    if (fault.kind === 'bad-check-digit') spoilCheckCharacter(text, spans.number);
  }
  return { ...card, text: new Uint8Array(text), photo, fingerprint };
}

function spoilCheckCharacter(text: Buffer, [offset, bytes]: Span): void {
  const number = text.toString('utf16le', offset, offset + bytes).trimEnd();
  const last = number.at(-1);
  if (last !== undefined) text.write(last === '1' ? '2' : '1', offset + (number.length - 1) * 2, 'utf16le');
}

/** What 30 05 gives: 28 bytes that differ from card to card and always are the same for one. */
export function managementNumberOf(card: EncodedCard): Uint8Array {
  let hash = 0x811c9dc5;
  for (const byte of card.text) hash = Math.imul(hash ^ byte, 0x01000193);
  return Uint8Array.from({ length: CARD_MANAGEMENT_NUMBER_BYTES }, () => {
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    return hash >>> 24;
  });
}

/** The card that takes another one's place in `swapped-card`. */
export function otherCard(): EncodedCard {
  return encodeCard({
    kind: 'resident',
    fields: {
      name: '测试换',
      sex: 'male',
      nation: '汉',
      birthDate: '1979-09-09',
      address: '测试省换卡市样例路9号',
      number: '110000197909090018',
      issuer: '测试市公安局',
      validFrom: '2019-09-09',
      validTo: '2039-09-09',
    },
  });
}
