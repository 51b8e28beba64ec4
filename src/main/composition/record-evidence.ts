import { readPictureFile } from '../../shared/domain/picture-file.ts';
import type { EvidencePicture, RecordEvidence } from '../../shared/ipc/admin-records.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { AuditLog } from '../store/audit-log.ts';
import type { Bundle, Vault } from '../store/vault.ts';

/** Pictures of a face that one look shows, at most. */
const SHOWN_FRAMES = 3;

export interface RecordEvidenceParts {
  readonly vault: Pick<Vault, 'read'>;
  readonly audit: Pick<AuditLog, 'append'>;
  readonly endOf: (certifyId: string) => Result<number | null, Failure>;
}

/**
 * Decrypts the pictures of a record for somebody who looks at them, which the audit log notes before anything is
 * decrypted. Nothing of it is kept here.
 *
 * @returns `request.invalid` where none are kept, or none any more
 */
export async function recordEvidence(
  { vault, audit, endOf }: RecordEvidenceParts,
  certifyId: string,
): Promise<Result<RecordEvidence, Failure>> {
  const end = endOf(certifyId);
  if (!end.ok) return end;
  if (end.value === null) return gone();
  const noted = audit.append('evidence.shown', { certifyId });
  if (!noted.ok) return noted;
  const read = async (bundle: Bundle): Promise<Result<readonly EvidencePicture[] | null, Failure>> => {
    const parts = await vault.read(certifyId, bundle);
    if (!parts.ok || parts.value === null) return parts as Result<null, Failure>;
    return ok(parts.value.flatMap(({ bytes }) => pictureOf(bytes) ?? []));
  };
  const portrait = await read('portrait');
  if (!portrait.ok) return portrait;
  const best = await read('best-frames');
  if (!best.ok) return best;
  // It may have been destroyed while it was read.
  const left = endOf(certifyId);
  if (!left.ok) return left;
  if (left.value === null) return gone();
  return ok({
    keptUntilMs: left.value,
    portrait: portrait.value?.[0] ?? null,
    best: (best.value ?? []).slice(0, SHOWN_FRAMES),
  });
}

function gone(): Result<never, Failure> {
  return err(failure('request.invalid', 'no pictures of this certification are kept, or not any more'));
}

function pictureOf(bytes: Uint8Array): EvidencePicture | null {
  if (bytes[0] === 0x42 && bytes[1] === 0x4d) return { bytes, type: 'image/bmp' };
  const file = readPictureFile(bytes);
  return file && { bytes, type: file.format === 'png' ? 'image/png' : 'image/jpeg' };
}
