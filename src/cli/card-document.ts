import type { DocumentFields, IdentityDocument } from '../shared/domain/document.ts';
import { maskName, maskNumber } from '../shared/domain/masking.ts';
import { emitJson } from './output.ts';

/** How a card that was read is shown. */
export interface DocumentOutput {
  readonly json: boolean;
  /** Every field as the card has it; without it, names and numbers are masked, addresses and birthdays left out. */
  readonly full: boolean;
}

const MASKED_ADDRESS = '***';

/** The fields with everything masked that names a person or says where they live. */
export function maskedFields(fields: DocumentFields): DocumentFields {
  const { englishName, formerNumber, passNumber, address, appendedAddress } = fields;
  return {
    ...fields,
    name: maskName(fields.name),
    ...(englishName === undefined ? {} : { englishName: maskName(englishName) }),
    birthDate: `${fields.birthDate.slice(0, 4)}-**-**`,
    ...(address === undefined ? {} : { address: MASKED_ADDRESS }),
    ...(appendedAddress === undefined ? {} : { appendedAddress: MASKED_ADDRESS }),
    number: maskNumber(fields.number),
    ...(formerNumber === undefined ? {} : { formerNumber: maskNumber(formerNumber) }),
    ...(passNumber === undefined ? {} : { passNumber: maskNumber(passNumber) }),
  };
}

/** A card as the JSON that these commands print; `masked` is absent where everything is shown. */
export function documentJson(document: IdentityDocument, full: boolean): Record<string, unknown> {
  const { kind, fields, portrait, fingerprintBytes, simulated } = document;
  return {
    type: kind,
    fields: full ? fields : maskedFields(fields),
    ...(full ? {} : { masked: true }),
    photo: {
      bytes: portraitBytes(document),
      decoded: portrait.state === 'decoded',
      ...(portrait.state === 'decoded' ? { mediaType: portrait.mediaType } : {}),
      ...(portrait.state === 'not-decoded' ? { reason: portrait.reason } : {}),
    },
    ...(fingerprintBytes === undefined ? {} : { fingerprint: { bytes: fingerprintBytes } }),
    ...(simulated ? { simulated } : {}),
  };
}

/** Prints a card on standard output. */
export function emitDocument(document: IdentityDocument, { json, full }: DocumentOutput): void {
  if (json) return emitJson(documentJson(document, full));
  const fields = full ? document.fields : maskedFields(document.fields);
  const { fingerprintBytes } = document;
  emitLines({
    type: document.kind,
    ...fields,
    photo: portraitWords(document),
    fingerprints: fingerprintBytes === undefined ? undefined : `${fingerprintBytes} bytes, not kept`,
    simulated: document.simulated ? 'yes' : undefined,
  });
}

/** The portrait in words, with the reason where it is not decoded. */
export function portraitWords(document: IdentityDocument): string {
  const { portrait } = document;
  if (portrait.state === 'absent') return 'none on the card';
  if (portrait.state === 'decoded') return `${portrait.image.length} bytes, ${portrait.mediaType}`;
  return `${portrait.bytes} bytes, not decoded (${portrait.reason})`;
}

/** Bytes of the picture, or of the block that was not decoded. */
function portraitBytes({ portrait }: IdentityDocument): number {
  if (portrait.state === 'decoded') return portrait.image.length;
  return portrait.state === 'not-decoded' ? portrait.bytes : 0;
}

/** Prints one `name: value` line for each value that is there. */
export function emitLines(values: Readonly<Record<string, string | number | boolean | undefined>>): void {
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined) process.stdout.write(`${name}: ${value}\n`);
  }
}
