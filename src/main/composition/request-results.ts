import { RESULT_LIFETIME_MS } from '../../shared/domain/certification-request.ts';
import type { CertificationResult } from '../../shared/domain/certification-result.ts';
import type { CertificationRecord } from '../../shared/domain/certification.ts';
import type { Output } from '../../shared/domain/scheme.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { certificationResult } from '../requests/certification-result.ts';
import type { RequestBook } from '../requests/request-book.ts';
import { allowedFiles, keptMaterials, pictureFile, type ResultFile } from '../requests/result-files.ts';
import type { RecordQueries } from '../store/record-queries.ts';
import type { ResultMaterials } from '../store/result-materials.ts';
import type { Vault } from '../store/vault.ts';

/** What became of certifications, readable any number of times: nobody is asked, and nothing is billed. */
export interface RequestResults {
  ofCertification(certifyId: string): Promise<Result<CertificationResult, Failure>>;
  /** Of an order's passed certification, or else of its newest one; `sceneId` null: of whatever scene. */
  ofOrder(orderId: string, sceneId: string | null): Promise<Result<CertificationResult, Failure>>;
  ofToken(token: string): Promise<Result<CertificationResult, Failure>>;
  /** The files that are still kept, by clear names. */
  files(certifyId: string): Promise<Result<readonly ResultFile[], Failure>>;
  /**
   * Keeps files for the caller of a record: only where it came from a request, the person agreed to capturing, and the
   * scheme gives such files.
   */
  keep(record: CertificationRecord, files: readonly ResultFile[]): Promise<Result<null, Failure>>;
  /** Destroys what is over, and at the start also what an interrupted run left. */
  sweep(atStart: boolean): Promise<Result<number, Failure>>;
}

export interface RequestResultParts {
  readonly queries: Pick<RecordQueries, 'show' | 'findByOrder'>;
  readonly book: Pick<RequestBook, 'findByToken' | 'findByOrder'>;
  readonly materials: ResultMaterials;
  /** Evidence that the scene keeps. */
  readonly evidence: Pick<Vault, 'read' | 'rows'>;
  readonly outputsOf: (schemeId: string) => readonly Output[];
  readonly nowMs: () => number;
}

/**
 * Fails with `request.unknown` for a token or an order that nobody knows, `request.invalid` while there is no result.
 * Files are those that were kept for the caller, or else the scene's evidence.
 */
export function createRequestResults(parts: RequestResultParts): RequestResults {
  const { queries, book, materials } = parts;

  async function ofCertification(certifyId: string): Promise<Result<CertificationResult, Failure>> {
    const detail = queries.show(certifyId);
    if (!detail.ok) return detail;
    const kept = await keptOf(parts, detail.value.record);
    if (!kept.ok) return kept;
    return ok(certificationResult(detail.value, keptMaterials(kept.value.files, kept.value.keptUntilMs)));
  }

  return {
    ofCertification,
    ofOrder: async (orderId, sceneId) => {
      const found = queries.findByOrder(orderId, sceneId);
      if (!found.ok) return found;
      if (found.value !== null) return ofCertification(found.value);
      const request = book.findByOrder(orderId, sceneId);
      return request.ok ? err(notYet(request.value.state)) : request;
    },
    ofToken: async (token) => {
      const request = book.findByToken(token);
      if (!request.ok) return request;
      const { state, certifyId } = request.value;
      return state === 'submitted' && certifyId !== null ? ofCertification(certifyId) : err(notYet(state));
    },
    files: async (certifyId) => {
      const detail = queries.show(certifyId);
      if (!detail.ok) return detail;
      const kept = await keptOf(parts, detail.value.record);
      return kept.ok ? ok(kept.value.files) : kept;
    },
    keep: async (record, files) => {
      if (!record.order || record.consent?.capture !== true || record.verdict.state === 'error') return ok(null);
      const allowed = allowedFiles(files, parts.outputsOf(record.scheme));
      if (allowed.length === 0) return ok(null);
      return materials.keep(record.certifyId, allowed, parts.nowMs() + RESULT_LIFETIME_MS);
    },
    sweep: (atStart) => materials.sweep(parts.nowMs(), atStart),
  };
}

function notYet(state: string): Failure {
  return failure('request.invalid', `no result: the request is ${state}`);
}

interface Kept {
  readonly files: readonly ResultFile[];
  readonly keptUntilMs: number;
}

/** What was kept for the caller, or else what the scene keeps as evidence; of the latter what the scheme gives callers. */
async function keptOf(
  parts: RequestResultParts,
  { certifyId, order, scheme }: CertificationRecord,
): Promise<Result<Kept, Failure>> {
  const kept = await parts.materials.read(certifyId);
  if (!kept.ok) return kept;
  if (kept.value !== null) return ok(kept.value);
  const rows = parts.evidence.rows();
  if (!rows.ok) return rows;
  const row = rows.value.find((each) => each.certifyId === certifyId);
  if (!order || !row || row.destroyAtMs <= parts.nowMs()) return ok({ files: [], keptUntilMs: 0 });
  const files: ResultFile[] = [];
  for (const bundle of ['best-frames', 'clip', 'portrait'] as const) {
    const read = await parts.evidence.read(certifyId, bundle);
    if (!read.ok) return read;
    const [first] = read.value ?? [];
    if (!first) continue;
    if (bundle === 'clip') files.push({ name: 'clip.mp4', bytes: first.bytes });
    else files.push(pictureFile(bundle === 'portrait' ? 'portrait' : 'best-frame', first.bytes));
  }
  return ok({ files: allowedFiles(files, parts.outputsOf(scheme)), keptUntilMs: row.destroyAtMs });
}
