import type { DocumentReading, FieldDoubt, ReadField } from '../../../src/shared/domain/document-reading.ts';
import type { DocumentWarningKind } from '../../../src/shared/domain/document-warning.ts';
import type { MachineReadableZone } from '../../../src/shared/domain/machine-readable-zone.ts';
import { buildZone } from '../../../src/shared/domain/mrz-build.ts';
import type { ChipDocument } from '../../../src/shared/domain/travel-document.ts';
import type { BackReading, FrontReading } from '../../../src/main/certification/id-card-confirmation.ts';

const box = { x: 0.1, y: 0.1, width: 0.5, height: 0.1 };
const picture = { bytes: new Uint8Array([7]), mediaType: 'image/jpeg', width: 4, height: 3 } as const;

export function field(text: string | null, doubt: FieldDoubt | null = null): ReadField {
  return { text, doubt, confidence: doubt ? 0.4 : 0.98, box: text === null ? null : box };
}

function raised(kinds: readonly DocumentWarningKind[]): DocumentReading['warnings'] {
  return kinds.map((kind) => ({ kind, score: 0.9, limit: 0.5, raised: true }));
}

/** A made-up person; the number's check digit is right. */
export const CARD_NUMBER = '110000199001010013';

export function front(
  changes: Partial<FrontReading['fields']> = {},
  warnings: readonly DocumentWarningKind[] = [],
): FrontReading {
  return {
    page: 'id-card-front',
    quarterTurns: 0,
    outline: null,
    picture,
    portrait: { ...picture, mediaType: 'image/png' },
    warnings: raised(warnings),
    tookMs: 1,
    fields: {
      name: field('样本人'),
      sex: field('male'),
      nation: field('汉'),
      birthDate: field('1990-01-01'),
      address: field('样本省样本市样本路1号'),
      number: field(CARD_NUMBER),
      ...changes,
    },
  };
}

export function back(
  changes: Partial<BackReading['fields']> = {},
  warnings: readonly DocumentWarningKind[] = [],
): BackReading {
  return {
    page: 'id-card-back',
    quarterTurns: 0,
    outline: null,
    picture,
    warnings: raised(warnings),
    tookMs: 1,
    fields: {
      issuer: field('样本市公安局'),
      validFrom: field('2020-01-01'),
      validTo: field('2040-01-01'),
      ...changes,
    },
  };
}

const CONTENTS = {
  format: 'TD3',
  documentCode: 'P',
  issuingState: 'UTO',
  surname: 'ERIKSSON',
  givenNames: 'ANNA MARIA',
  documentNumber: 'L898902C3',
  nationality: 'UTO',
  birthDate: '1974-08-12',
  sex: 'female',
  expiryDate: '2032-04-15',
  optionalData: 'ZE184226B',
} as const;

/** The specimen of Doc 9303 part 4, with a later expiry. */
export const ZONE: MachineReadableZone = {
  ...CONTENTS,
  lines: buildZone(CONTENTS),
  failedChecks: [],
  repairs: [],
};

export function chipDocument(signature: ChipDocument['signature'], changes: Partial<ChipDocument> = {}): ChipDocument {
  return {
    access: 'bac',
    zone: ZONE,
    portrait: { state: 'decoded', picture, original: 'jpeg2000' },
    signature,
    dataGroups: [1, 2],
    reader: 'reader',
    tookMs: 1,
    ...changes,
  };
}

export function zonePage(zone: MachineReadableZone = ZONE): DocumentReading {
  return {
    page: 'travel-document',
    quarterTurns: 0,
    outline: null,
    picture,
    warnings: [],
    tookMs: 1,
    zone,
    portrait: picture,
  };
}
