import type { DocumentGuidance, DocumentPage } from '../../../../shared/domain/document-reading.ts';
import type { Failure } from '../../../../shared/reasons.ts';
import { ok, type Result } from '../../../../shared/result.ts';
import { decodeImage } from '../../image-codec.ts';
import { createDocumentWatch, type CardLook, type DocumentWatch } from './document-watch.ts';

/** One camera is watched at a time; a few more are left over from pages that were closed without a word. */
export const MOST_WATCHES = 4;

export interface WatchedPicture {
  readonly watchId: string;
  readonly jpeg: Uint8Array;
  readonly page: DocumentPage;
  readonly capturedAtMs: number;
}

/** The watches of all pages. */
export interface DocumentWatches {
  /** Fails with `inference.image-invalid`. Another page than before begins anew. */
  watch(picture: WatchedPicture): Promise<Result<DocumentGuidance, Failure>>;
  /** Lets a watch take another picture of the same card. An unknown one is fine. */
  again(watchId: string): void;
  end(watchId: string): void;
  /** How many are kept. */
  count(): number;
}

/** Keeps at most `MOST_WATCHES` watches; the one not used for longest gives way. Decoded pixels are zeroed after use. */
export function createDocumentWatches(look?: CardLook): DocumentWatches {
  const watches = new Map<string, { readonly page: DocumentPage; readonly watch: DocumentWatch }>();
  const watchFor = (watchId: string, page: DocumentPage): DocumentWatch => {
    const known = watches.get(watchId);
    const kept = known?.page === page ? known : { page, watch: createDocumentWatch(page, look) };
    watches.delete(watchId);
    watches.set(watchId, kept);
    for (const oldest of watches.keys()) {
      if (watches.size <= MOST_WATCHES) break;
      watches.delete(oldest);
    }
    return kept.watch;
  };
  return {
    watch: async ({ watchId, jpeg, page, capturedAtMs }) => {
      const decoded = await decodeImage(jpeg);
      if (!decoded.ok) return decoded;
      const answer = watchFor(watchId, page).see({ picture: decoded.value, capturedAtMs });
      decoded.value.rgb.fill(0);
      return ok(answer);
    },
    again: (watchId) => watches.get(watchId)?.watch.again(),
    end: (watchId) => void watches.delete(watchId),
    count: () => watches.size,
  };
}
