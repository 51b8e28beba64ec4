import type { DocumentKind } from '../../shared/domain/document.ts';
import type { FieldCorrection } from '../../shared/domain/document-reading.ts';
import type { DocumentWarningKind } from '../../shared/domain/document-warning.ts';
import type { MachineReadableZone } from '../../shared/domain/machine-readable-zone.ts';
import type { ChipDocument, ChipSignature } from '../../shared/domain/travel-document.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { ageInYears, isCalendarDate } from '../../shared/domain/calendar-date.ts';
import { GUARDIAN_AGE_YEARS, ruleOnChild, validityDoubt, type DocumentRuling } from './document-rules.ts';

/** A card whose two sides were photographed and read. */
export interface PhotographedCard {
  /** Every field by our names, as it was read or put right. */
  readonly fields: Readonly<Record<string, string>>;
  /** Upright and rectified, still encoded. */
  readonly front: Uint8Array;
  readonly back: Uint8Array;
}

/** Who somebody is by pictures of their document, by its machine-readable zone or by a travel document's chip. */
export interface ReadIdentity {
  readonly source: 'photographed' | 'travel-zone' | 'travel-chip';
  readonly kind: DocumentKind;
  readonly name: string;
  readonly number: string;
  /** What tells the person from others: the number, with the issuing state where numbers aren't a nation's own. */
  readonly subject: string;
  /** `YYYY-MM-DD`. */
  readonly birthDate: string;
  readonly validFrom?: string;
  /** `YYYY-MM-DD` or `long-term`. */
  readonly validTo: string;
  /** The printed portrait or the chip's, still encoded; null where none was found. */
  readonly portrait: Uint8Array | null;
  readonly warnings: readonly DocumentWarningKind[];
  readonly corrections: readonly FieldCorrection[];
  /** What the sides of a card say can't belong to one card, though somebody has confirmed it. */
  readonly sidesDiffer?: boolean;
  /** Only where a card's sides were photographed. */
  readonly card?: PhotographedCard | null;
  /** Only with a chip. */
  readonly signature?: ChipSignature['state'];
}

/** An identity with what its own words say about it. */
export interface RuledIdentity {
  readonly identity: ReadIdentity;
  readonly ruling: DocumentRuling;
}

/** Judges a read identity by its own words, like a chip card: both days of its validity belong to it. */
export function ruleOnRead({ birthDate, validFrom, validTo }: ReadIdentity, today: string): DocumentRuling {
  const dates = [birthDate, validFrom ?? birthDate, validTo === 'long-term' ? birthDate : validTo];
  if (!dates.every(isCalendarDate) || birthDate > today) return { kind: 'stop', reason: 'document.unreadable' };
  const doubt = validityDoubt({ validTo, ...(validFrom === undefined ? {} : { validFrom }) }, today);
  if (ageInYears(birthDate, today) < GUARDIAN_AGE_YEARS) return ruleOnChild(doubt);
  return doubt === null ? { kind: 'accepted' } : { kind: 'warning', reason: doubt };
}

/**
 * The identity that a machine-readable zone gives. Fails with `mrz.check-digit` where a check digit disagrees, and with
 * `document.unreadable` where a date is unknown: without it nobody knows whether a child stands there.
 */
export function identityOfZone(zone: MachineReadableZone, portrait: Uint8Array | null): Result<ReadIdentity, Failure> {
  const [failed] = zone.failedChecks;
  if (failed !== undefined) return err(failure('mrz.check-digit', failed));
  const { birthDate, expiryDate } = zone;
  if (birthDate === null || expiryDate === null) {
    return err(failure('document.unreadable', birthDate === null ? 'birth date' : 'expiry date'));
  }
  return ok({
    source: 'travel-zone',
    kind: 'travel-document',
    name: [zone.givenNames, zone.surname].filter((part) => part !== '').join(' '),
    number: zone.documentNumber,
    subject: `${zone.issuingState}:${zone.documentNumber}`,
    birthDate,
    validTo: expiryDate,
    portrait,
    warnings: [],
    corrections: [],
  });
}

/** The identity that a chip gives, and only the chip: what was printed or swiped opened it and no more. */
export function identityOfChip({ zone, portrait, signature }: ChipDocument): Result<ReadIdentity, Failure> {
  const identity = identityOfZone(zone, portrait.state === 'decoded' ? portrait.picture.bytes : null);
  return identity.ok ? ok({ ...identity.value, source: 'travel-chip', signature: signature.state }) : identity;
}
