/** A file of a travel document's chip (Doc 9303 part 10, table 34 and 4.6). */
export interface ElementaryFile {
  readonly name: string;
  /** Two bytes. */
  readonly identifier: number;
  /** The tag of the one object that the file consists of. */
  readonly tag: number;
  /** A file that claims to be longer is refused before it is read. */
  readonly longestBytes: number;
}

/** Portraits are 12–20 kB as a rule (Doc 9303 part 9, appendix); the largest in use stay far below this. */
const LONGEST_PORTRAIT = 512 * 1024;

export const FILES = {
  cardAccess: { name: 'EF.CardAccess', identifier: 0x011c, tag: 0x31, longestBytes: 4096 },
  common: { name: 'EF.COM', identifier: 0x011e, tag: 0x60, longestBytes: 1024 },
  security: { name: 'EF.SOD', identifier: 0x011d, tag: 0x77, longestBytes: 64 * 1024 },
  zone: { name: 'DG1', identifier: 0x0101, tag: 0x61, longestBytes: 1024 },
  portrait: { name: 'DG2', identifier: 0x0102, tag: 0x75, longestBytes: LONGEST_PORTRAIT },
} as const satisfies Record<string, ElementaryFile>;

/** The application of travel documents: A0000002471001. */
export const TRAVEL_DOCUMENT_APPLICATION = Uint8Array.of(0xa0, 0x00, 0x00, 0x02, 0x47, 0x10, 0x01);
