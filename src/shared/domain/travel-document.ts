import type { EncodedPicture } from './document-reading.ts';
import type { Failure } from '../reasons.ts';
import type { MachineReadableZone } from './machine-readable-zone.ts';

/** What opens the chip of a travel document. */
export type ChipAccessKey =
  /** From the machine-readable zone: number, birth and expiry as `YYMMDD`, without check digits. */
  | { readonly kind: 'mrz'; readonly documentNumber: string; readonly birthDate: string; readonly expiryDate: string }
  /** The six digits on the card's front. */
  | { readonly kind: 'can'; readonly number: string };

/** How far reading a chip has come. */
export const CHIP_STEPS = ['waiting', 'connected', 'access', 'identity', 'portrait', 'security', 'done'] as const;
export type ChipStep = (typeof CHIP_STEPS)[number];

export interface ChipProgress {
  readonly step: ChipStep;
  /** 0..1 of the bytes of this step; null where it isn't known. */
  readonly share: number | null;
}

/**
 * What passive authentication says (Doc 9303 part 11, 5.1). `unchecked`: no list of country certificates is
 * configured, or none for this country; the data agree with the signed hashes, but nobody vouches for the signer.
 */
export type ChipSignature =
  | { readonly state: 'valid'; readonly country: string }
  | { readonly state: 'unchecked'; readonly why: 'no-list' | 'no-certificate-of-country' }
  /** The data were changed, or the signature is not the signer's, or the signer not the country's. */
  | {
      readonly state: 'forged';
      readonly why: 'hash-differs' | 'signature-wrong' | 'signer-not-trusted' | 'signer-expired';
    };

/** A chip document as it was read whole; a part of one never leaves the reader. */
export interface ChipDocument {
  readonly access: 'bac' | 'pace' | 'none';
  readonly zone: MachineReadableZone;
  /** The face of DG2 as JPEG or PNG, converted from JPEG 2000 where the chip has that. */
  readonly portrait:
    | { readonly state: 'decoded'; readonly picture: EncodedPicture; readonly original: 'jpeg' | 'jpeg2000' }
    | { readonly state: 'not-decoded'; readonly reason: Failure };
  readonly signature: ChipSignature;
  readonly dataGroups: readonly number[];
  readonly reader: string;
  readonly tookMs: number;
}

/** One PC/SC reader. */
export interface ChipReader {
  readonly name: string;
  readonly documentPresent: boolean;
}
