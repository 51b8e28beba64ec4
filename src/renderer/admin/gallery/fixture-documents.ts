import type { DocumentDevices } from '../../../shared/domain/document-devices.ts';
import { DEFAULT_DOCUMENT_DEVICES } from '../../../shared/domain/document-devices.ts';
import type {
  CardBox,
  DocumentPage,
  DocumentReading,
  EncodedPicture,
  FieldDoubt,
  ReadField,
} from '../../../shared/domain/document-reading.ts';
import { DOCUMENT_WARNING_KINDS, type DocumentWarning } from '../../../shared/domain/document-warning.ts';
import type { MachineReadableZone } from '../../../shared/domain/machine-readable-zone.ts';
import type { ChipDocument, ChipReader } from '../../../shared/domain/travel-document.ts';
import type { GalleryCase } from './gallery-case.ts';

export function fixtureDevices(which: GalleryCase): DocumentDevices {
  if (which === 'empty') return DEFAULT_DOCUMENT_DEVICES;
  return { ...DEFAULT_DOCUMENT_DEVICES, chipReader: { kind: 'any' }, zoneReader: { kind: 'keyboard' } };
}

export function fixtureChipReaders(which: GalleryCase): readonly ChipReader[] {
  return which === 'normal' ? [{ name: 'Contactless reader 00 00', documentPresent: true }] : [];
}

/** A grey card with bars for its lines: no document looks like that. */
async function drawnCard(width: number, height: number): Promise<EncodedPicture> {
  const canvas = new OffscreenCanvas(width, height);
  const paint = canvas.getContext('2d')!;
  paint.fillStyle = '#dfe5e3';
  paint.fillRect(0, 0, width, height);
  paint.fillStyle = '#7d868a';
  for (let line = 0; line < 5; line++) {
    paint.fillRect(width * 0.18, height * (0.12 + 0.15 * line), width * (0.3 - 0.03 * line), height * 0.05);
  }
  const blob = await canvas.convertToBlob({ type: 'image/png' });
  return { bytes: new Uint8Array(await blob.arrayBuffer()), mediaType: 'image/png', width, height };
}

const BOX: CardBox = { x: 0.17, y: 0.1, width: 0.34, height: 0.08 };

function field(text: string | null, line: number, doubt: FieldDoubt | null = null): ReadField {
  const box = text === null ? null : { ...BOX, y: BOX.y + 0.15 * line };
  return { text, confidence: doubt === null ? 0.987 : 0.62, doubt, box };
}

function warnings(which: GalleryCase): readonly DocumentWarning[] {
  const raised = which === 'troubled' ? new Set(['recapture', 'glare']) : new Set<string>();
  return DOCUMENT_WARNING_KINDS.map((kind) => {
    const isRaised = raised.has(kind);
    return { kind, score: isRaised ? 0.83 : 0.07, limit: 0.5, raised: isRaised };
  });
}

/** The specimen of ICAO Doc 9303. */
export const FIXTURE_ZONE: MachineReadableZone = {
  format: 'TD3',
  lines: ['P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<', 'L898902C36UTO7408122F1204159ZE184226B<<<<<10'],
  documentCode: 'P',
  issuingState: 'UTO',
  surname: 'ERIKSSON',
  givenNames: 'ANNA MARIA',
  documentNumber: 'L898902C3',
  nationality: 'UTO',
  birthDate: '1974-08-12',
  sex: 'female',
  expiryDate: '2012-04-15',
  optionalData: 'ZE184226B',
  failedChecks: [],
  repairs: [],
};

export async function fixtureReadDocument(which: GalleryCase, page: DocumentPage): Promise<DocumentReading> {
  const any = { quarterTurns: 0, outline: null, warnings: warnings(which), tookMs: 640 };
  const doubt = (kind: FieldDoubt): FieldDoubt | null => (which === 'troubled' ? kind : null);
  const picture = await drawnCard(1012, page === 'travel-document' ? 712 : 638);
  switch (page) {
    case 'id-card-front':
      return {
        ...any,
        page,
        picture,
        portrait: null,
        fields: {
          name: field('样本人', 0),
          sex: field('female', 1),
          nation: field('汉', 1),
          birthDate: field('1990-01-01', 2),
          address: field('样本省样本市样本区样本路一百二十三号样本小区四栋五单元六零一室', 3, doubt('unclear')),
          number: field('110000199001010013', 4, doubt('check-digit')),
        },
      };
    case 'id-card-back':
      return {
        ...any,
        page,
        picture,
        fields: {
          issuer: field('样本市公安局样本分局', 3),
          validFrom: field('2016-03-02', 4),
          validTo: field('2036-03-02', 4, doubt('disagrees')),
        },
      };
    case 'bank-card':
      return {
        ...any,
        page,
        picture,
        fields: {
          number: field('6222020000000000008', 2, doubt('check-digit')),
          expiry: field('2031-06', 3),
          holder: field(null, 4, 'not-found'),
        },
        issue: { issuer: '样本银行', issuerCode: 'SAMPLE', type: 'debit', cardName: '样本卡' },
        embossed: false,
      };
    case 'travel-document':
      return { ...any, page, picture, portrait: null, zone: FIXTURE_ZONE };
  }
}

export async function fixtureChip(): Promise<ChipDocument> {
  return {
    access: 'pace',
    zone: FIXTURE_ZONE,
    portrait: { state: 'decoded', picture: await drawnCard(240, 320), original: 'jpeg2000' },
    signature: { state: 'unchecked', why: 'no-list' },
    dataGroups: [1, 2],
    reader: 'Contactless reader 00 00',
    tookMs: 2_900,
  };
}
