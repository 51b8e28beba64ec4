import { createHash, createPublicKey, verify } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import {
  auditExportEndSchema,
  auditExportHeadSchema,
  auditExportLineSchema,
  auditExportText,
  type AuditExportHead,
} from '../../shared/protocol/audit-export.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { parseStoredJson } from './audit-fault.ts';
import { CHAIN_START } from './hashing.ts';

/** No line of an export is longer: it is another file. */
const LONGEST_LINE = 100_000;

export type AuditExportFault =
  | 'not-an-export'
  | 'line-malformed'
  | 'entry-missing'
  | 'chain-broken'
  | 'end-missing'
  | 'text-after-end'
  | 'content-changed'
  | 'head-wrong'
  | 'signature-wrong';

export interface AuditExportReport {
  readonly head: AuditExportHead | null;
  readonly entries: number;
  /** Null: it is what the device has signed. */
  readonly fault: AuditExportFault | null;
  /** The line with the fault, from 1; null where it is about the whole file. */
  readonly line: number | null;
}

/**
 * Checks an exported audit log with nothing but itself: every line, every link, the hash of all of it and the
 * signature of the key that the file names. That this is the right device's key has to be known from elsewhere. Reads
 * line by line, so that a file of any size can be checked.
 *
 * @returns `store.unavailable` for a file that can't be read
 */
export async function checkAuditExport(path: string): Promise<Result<AuditExportReport, Failure>> {
  const input = createReadStream(path, { encoding: 'utf8' });
  const check = createCheck();
  try {
    for await (const text of createInterface({ input, crlfDelay: Infinity })) {
      check.take(text);
      if (check.isOver()) break;
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : null;
    if (code === null) throw error;
    return err(failure('store.unavailable', `file: ${code}`));
  } finally {
    input.destroy();
  }
  return ok(check.report());
}

function createCheck() {
  const hash = createHash('sha256');
  let [line, entries, lastMac] = [0, 0, CHAIN_START];
  let head: AuditExportHead | null = null;
  let fault: { readonly fault: AuditExportFault; readonly line: number | null } | null = null;
  let ended = false;

  function faultOf(text: string): AuditExportFault | null {
    if (ended) return 'text-after-end';
    if (text.length > LONGEST_LINE) return line === 1 ? 'not-an-export' : 'line-malformed';
    const value = parseStoredJson(text);
    if (line === 1) {
      const parsed = auditExportHeadSchema.safeParse(value);
      if (!parsed.success) return 'not-an-export';
      head = parsed.data;
      hash.update(`${text}\n`);
      return null;
    }
    const entry = auditExportLineSchema.safeParse(value);
    if (!entry.success) return endFault(value);
    if (entry.data.seq !== entries + 1) return 'entry-missing';
    if (entry.data.prev !== lastMac) return 'chain-broken';
    [entries, lastMac] = [entry.data.seq, entry.data.mac];
    hash.update(`${text}\n`);
    return null;
  }

  function endFault(value: unknown): AuditExportFault | null {
    const end = auditExportEndSchema.safeParse(value);
    if (!end.success || head === null) return 'line-malformed';
    ended = true;
    if (end.data.entries !== entries || end.data.head !== lastMac) return 'head-wrong';
    if (end.data.sha256 !== hash.digest('hex')) return 'content-changed';
    const signature = Buffer.from(end.data.device.signature, 'base64url');
    const key = createPublicKey({ key: head.publicKey, format: 'jwk' });
    return verify(null, Buffer.from(auditExportText(end.data)), key, signature) ? null : 'signature-wrong';
  }

  return {
    take: (text: string): void => {
      line += 1;
      const found = faultOf(text);
      if (found !== null) fault ??= { fault: found, line };
    },
    isOver: () => fault !== null,
    report: (): AuditExportReport => {
      const missing = line === 0 ? 'not-an-export' : ended ? null : 'end-missing';
      const found = fault ?? (missing === null ? null : { fault: missing, line: null });
      return { head, entries, fault: found?.fault ?? null, line: found?.line ?? null };
    },
  };
}
