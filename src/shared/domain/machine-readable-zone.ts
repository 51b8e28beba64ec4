/** The three sizes of machine-readable travel documents (ICAO Doc 9303): card, old booklet or large card, passport. */
export const MRZ_FORMATS = ['TD1', 'TD2', 'TD3'] as const;
export type MrzFormat = (typeof MRZ_FORMATS)[number];

/** Fields that a check digit vouches for. */
export const MRZ_CHECKED_FIELDS = ['documentNumber', 'birthDate', 'expiryDate', 'optionalData', 'composite'] as const;
export type MrzCheckedField = (typeof MRZ_CHECKED_FIELDS)[number];

/**
 * The machine-readable zone of a travel document. Only fields whose check digits agree are facts: `failedChecks` names
 * the others, whose text is given as it was read.
 */
export interface MachineReadableZone {
  readonly format: MrzFormat;
  /** The lines as they were read, after the normalisation of fillers: 3 × 30, 2 × 36 or 2 × 44. */
  readonly lines: readonly string[];
  /** `P`, `ID`, `AC` …, without fillers. */
  readonly documentCode: string;
  /** ISO 3166-1 alpha-3, or what Doc 9303 part 3 lists beside it; `D` for Germany. */
  readonly issuingState: string;
  readonly surname: string;
  /** Empty where the document has none. */
  readonly givenNames: string;
  readonly documentNumber: string;
  readonly nationality: string;
  /** `YYYY-MM-DD`; null where parts of the date are unknown (fillers) or it isn't a day. */
  readonly birthDate: string | null;
  readonly sex: 'male' | 'female' | 'unstated';
  /** `YYYY-MM-DD`; null as for the birth date. */
  readonly expiryDate: string | null;
  readonly optionalData: string;
  readonly failedChecks: readonly MrzCheckedField[];
  /** Characters that were changed (O/0, I/1 …) because the check digit agrees only then: 1-based line and column. */
  readonly repairs: readonly {
    readonly line: number;
    readonly column: number;
    readonly from: string;
    readonly to: string;
  }[];
}
