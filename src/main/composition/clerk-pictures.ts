import { readPictureFile } from '../../shared/domain/picture-file.ts';
import type { ShownPicture, ShownPictures } from '../../shared/ipc/clerk.ts';
import type { Failure } from '../../shared/reasons.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { CertificationService } from '../certification/service-contract.ts';
import type { AuditLog } from '../store/audit-log.ts';
import type { Bundle, Vault } from '../store/vault.ts';
import type { EvidenceSource } from './evidence-keeper.ts';

export interface ClerkPictureParts {
  readonly service: Pick<CertificationService, 'running' | 'portraitForStaff'>;
  readonly source: Pick<EvidenceSource, 'bestFrames'>;
  readonly vault: Pick<Vault, 'read'>;
  readonly audit: Pick<AuditLog, 'append'>;
}

export interface ClerkPictures {
  /** Of the certification in hand; empty where its scene keeps none, or it is over. */
  running(certifyId: string): Promise<Result<ShownPictures, Failure>>;
  /** Of the evidence that is kept; looking at it is noted in the audit log. */
  kept(certifyId: string): Promise<Result<ShownPictures, Failure>>;
}

const NONE: ShownPictures = { portrait: null, best: null };

/** Kept pictures are shown only once the look is in the audit log: where it can't be noted, that is the failure. */
export function createClerkPictures({ service, source, vault, audit }: ClerkPictureParts): ClerkPictures {
  const mayShow = (certifyId: string): boolean => {
    const running = service.running();
    return running?.certifyId === certifyId && running.showsPictures;
  };

  async function first(certifyId: string, bundle: Bundle): Promise<Result<ShownPicture | null, Failure>> {
    const read = await vault.read(certifyId, bundle);
    return read.ok ? ok(shown(read.value?.[0]?.bytes ?? null)) : read;
  }

  return {
    running: async (certifyId) => {
      if (!mayShow(certifyId)) return ok(NONE);
      const best = await source.bestFrames(certifyId, 1);
      // It may have ended while the picture was asked for.
      if (!mayShow(certifyId)) {
        if (best.ok) for (const { jpeg } of best.value.frames) jpeg.fill(0);
        return ok(NONE);
      }
      // Before the face is looked at there is no picture of it, which is nothing to report.
      const frame = best.ok ? (best.value.frames[0]?.jpeg ?? null) : null;
      return ok({ portrait: shown(service.portraitForStaff(certifyId)), best: shown(frame) });
    },
    kept: async (certifyId) => {
      const noted = audit.append('evidence.shown', { certifyId });
      if (!noted.ok) return noted;
      const portrait = await first(certifyId, 'portrait');
      if (!portrait.ok) return portrait;
      const best = await first(certifyId, 'best-frames');
      return best.ok ? ok({ portrait: portrait.value, best: best.value }) : best;
    },
  };
}

function shown(bytes: Uint8Array | null): ShownPicture | null {
  if (bytes === null) return null;
  if (bytes[0] === 0x42 && bytes[1] === 0x4d) return { bytes, type: 'image/bmp' };
  const file = readPictureFile(bytes);
  return file && { bytes, type: file.format === 'png' ? 'image/png' : 'image/jpeg' };
}
