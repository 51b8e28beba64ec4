import { z } from 'zod';
import type { CertificationRecord } from '../../shared/domain/certification.ts';
import type { CheckOutcome } from '../../shared/domain/verification.ts';

/** Kind of the audit entry that vouches for what stands in the place of an erased record. */
export const ERASED_ENTRY = 'record.erased';
export const erasedDetailSchema = z.strictObject({
  certifyId: z.string(),
  /** SHA-256 of the record as it was committed, hex: the one in its receipt. */
  recordHash: z.string(),
  /** SHA-256 of what stands in its place, hex. */
  erasedHash: z.string(),
  /** Of the staff, who asked for it; nobody where its time was over. */
  by: z.string().optional(),
});
export type ErasedDetail = Omit<z.infer<typeof erasedDetailSchema>, 'by'>;

/**
 * What stays of a record whose time is over. It names nobody and carries no key, no score and no device: when what was
 * done with which consent and how it ended, which the receipt says as well, and what a maker's bill is checked by.
 */
export function erasedRecord(
  record: CertificationRecord,
  { atMs, returnedFace }: { readonly atMs: number; readonly returnedFace: boolean },
): CertificationRecord {
  const { version, certifyId, sceneId, scheme, startedAtMs, decidedAtMs, verdict, simulated, appVersion } = record;
  const { consent, handOff } = record;
  return {
    version,
    certifyId,
    sceneId,
    scheme,
    startedAtMs,
    decidedAtMs,
    verdict,
    consent: consent && withoutGuardian(consent),
    subject: null,
    document: null,
    challenge: null,
    liveness: null,
    comparison: null,
    devices: { camera: null, reader: null },
    simulated,
    ...(handOff && { handOff: { ...handOff, outcome: handOff.outcome && billedOutcome(handOff.outcome) } }),
    stagesMs: {},
    appVersion,
    erased: {
      atMs,
      identified: record.subject !== null,
      byGuardian: consent?.guardian !== undefined,
      returnedFace,
    },
  };
}

function withoutGuardian(consent: NonNullable<CertificationRecord['consent']>): CertificationRecord['consent'] {
  const rest = { ...consent };
  delete rest.guardian;
  return rest;
}

/** An answer without scores, fields and words: what was asked of whom, and whether it is billed. */
export function billedOutcome({ state, reason, retry, basis, vendor }: CheckOutcome): CheckOutcome {
  return {
    state,
    reason,
    retry,
    retryAfterMs: null,
    basis,
    scores: [],
    vendor: vendor && { ...vendor, message: '' },
  };
}
