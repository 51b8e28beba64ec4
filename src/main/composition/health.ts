import { createHash } from 'node:crypto';
import { readFile, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJson } from '../../shared/canonical-json.ts';
import type { OutboxView } from '../../shared/ipc/admin-outbox.ts';
import type { HealthFinding, HealthPart, SelfTest, SignedSelfTest } from '../../shared/ipc/admin-system.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { modelManifestSchema } from '../inference/model-manifest.ts';
import { verifyAudit } from '../store/audit-verification.ts';
import { checkIntegrity } from '../store/database.ts';
import type { AdminParts } from './admin-handlers.ts';

/** Below this a terminal is told about; a day of records with evidence takes a tenth of it. */
export const LOW_DISK_BYTES = 2 * 1024 ** 3;
/** From this share of a cap of the outbox on. */
export const NEARLY_FULL_SHARE = 0.8;
/** kv1 refuses requests beyond five minutes; half of that is worth a word. */
const CLOCK_OFFSET_WARNING_MS = 150_000;

export type HealthParts = Pick<
  AdminParts,
  'installation' | 'reader' | 'inference' | 'sync' | 'clock' | 'appVersion' | 'demo' | 'upkeep'
>;

type Found = Omit<HealthFinding, 'part'>;

const good = (figures: HealthFinding['figures'] = {}): Found => ({ state: 'good', failure: null, figures });
const bad = (found: Failure, figures: HealthFinding['figures'] = {}): Found => ({
  state: 'bad',
  failure: found,
  figures,
});
const warning = (found: Failure, figures: HealthFinding['figures'] = {}): Found => ({
  state: 'warning',
  failure: found,
  figures,
});
const off: Found = { state: 'off', failure: null, figures: {} };

/** Looks at every part of the terminal; what can't be looked at is a finding, never left out. */
export async function runSelfTest(parts: HealthParts): Promise<SignedSelfTest> {
  const { clock, installation } = parts;
  const beganMs = clock.monotonicMs();
  const looks: readonly (readonly [HealthPart, () => Found | Promise<Found>])[] = [
    ['reader', () => readerFound(parts)],
    ['camera', () => cameraFound(parts)],
    ['models', () => modelsFound(parts)],
    ['database', () => foundOf(checkIntegrity(installation.database))],
    ['audit', () => auditFound(parts)],
    ['disk', () => diskFound(parts.upkeep.dataFolder)],
    ['clock', () => clockFound(parts)],
    ['verifier-clock', () => verifierClockFound(parts)],
    ['outbox', () => outboxFound(parts)],
    ['vault', () => vaultFound(parts)],
  ];
  const findings: HealthFinding[] = [];
  for (const [part, look] of looks) findings.push({ part, ...(await attemptLook(look)) });
  const test: SelfTest = {
    deviceId: installation.identity.deviceId(),
    appVersion: parts.appVersion,
    atMs: clock.wallMs(),
    tookMs: Math.round(clock.monotonicMs() - beganMs),
    findings,
  };
  return { test, signature: installation.identity.sign(selfTestText(test)) };
}

/** What the signature of a self-test covers. */
export function selfTestText(test: SelfTest): string {
  return `countersign-self-test|${canonicalJson(test)}`;
}

async function attemptLook(look: () => Found | Promise<Found>): Promise<Found> {
  try {
    return await look();
  } catch {
    return bad(failure('internal.bug', 'self-test'));
  }
}

function foundOf(result: Result<unknown, Failure>): Found {
  return result.ok ? good() : bad(result.error);
}

function readerFound({ reader, installation, demo }: HealthParts): Found {
  const wanted = installation.settings.read('reader');
  if (!wanted.ok) return bad(wanted.error);
  if (wanted.value === null && !demo) return off;
  const status = reader.status();
  if (status.state === 'ready') return good();
  return bad(status.failure ?? failure('reader.missing'));
}

async function cameraFound({ installation, upkeep, demo }: HealthParts): Promise<Found> {
  if (demo) return off;
  const setting = installation.settings.read('camera');
  if (!setting.ok) return bad(setting.error);
  const listed = await upkeep.listCameras();
  if (!listed.ok) return bad(listed.error);
  const figures = { listed: listed.value.length };
  return listed.value.length === 0 ? bad(failure('camera.missing'), figures) : good(figures);
}

async function modelsFound({ inference, upkeep }: HealthParts): Promise<Found> {
  const state = inference.state();
  if (state !== 'ready' && state !== 'loading') return bad(state);
  const checked = await checkModelFiles(upkeep.modelsFolder);
  if (!checked.ok) return bad(checked.error);
  const figures = { files: checked.value.length };
  return state === 'ready' ? good(figures) : warning(failure('inference.unavailable', 'models are loading'), figures);
}

/** Hashes every model file against the manifest. @returns file and SHA-256 of each */
export async function checkModelFiles(
  folder: string,
): Promise<Result<readonly { readonly file: string; readonly sha256: string }[], Failure>> {
  const refused = (detail: string): Result<never, Failure> => err(failure('inference.model-refused', detail));
  let manifest;
  try {
    manifest = modelManifestSchema.safeParse(JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')));
  } catch {
    return refused('manifest.json is missing or no JSON');
  }
  if (!manifest.success) return refused(`manifest.json: ${manifest.error.issues[0]?.path.join('.') ?? ''}`);
  const { models, voice } = manifest.data;
  const hashes: { file: string; sha256: string }[] = [];
  for (const { file, sha256 } of [...models, ...(voice ? [voice] : [])]) {
    const bytes = await readFile(join(folder, file)).catch(() => null);
    if (bytes === null) return refused(`${file} is missing`);
    if (createHash('sha256').update(bytes).digest('hex') !== sha256) return refused(`${file} does not match`);
    hashes.push({ file, sha256 });
  }
  return ok(hashes);
}

function auditFound({ installation }: HealthParts): Found {
  const { database, keys, identity } = installation;
  const report = verifyAudit(database, keys.audit, identity.publicKey);
  if (!report.ok) return bad(report.error);
  const { entries, firstBadEntry } = report.value;
  if (report.value.ok) return good({ entries });
  return bad(failure('audit.broken', `entry ${firstBadEntry ?? '-'}`), { entries });
}

/** Free bytes where the data folder is; null where the system doesn't tell. */
export async function freeBytesAt(folder: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    return null;
  }
}

async function diskFound(folder: string): Promise<Found> {
  const freeBytes = await freeBytesAt(folder);
  if (freeBytes === null) return warning(failure('store.unavailable', 'free space of the disk'));
  return freeBytes < LOW_DISK_BYTES ? warning(failure('disk.nearly-full'), { freeBytes }) : good({ freeBytes });
}

function clockFound({ upkeep }: HealthParts): Found {
  const { jump } = upkeep.machineClock.state();
  if (jump === null) return good();
  return warning(failure(jump.byMs < 0 ? 'clock.set-back' : 'clock.jumped'), { byMs: jump.byMs });
}

function verifierClockFound({ sync }: HealthParts): Found {
  const outbox = sync.outbox();
  if (!outbox.ok) return bad(outbox.error);
  const { enrolled, clockOffsetMs, lastFailure } = outbox.value;
  if (!enrolled) return off;
  if (clockOffsetMs === null) return warning(lastFailure ?? failure('verifier.unreachable', 'not heard of yet'));
  const figures = { offsetMs: Math.round(clockOffsetMs) };
  return Math.abs(clockOffsetMs) > CLOCK_OFFSET_WARNING_MS
    ? warning(failure('verifier.clock-skew'), figures)
    : good(figures);
}

function outboxFound({ sync, clock }: HealthParts): Found {
  const outbox = sync.outbox();
  if (!outbox.ok) return bad(outbox.error);
  const { certifications, refusal } = outbox.value;
  const share = outboxShare(outbox.value, clock.wallMs());
  const figures = { waiting: certifications, percent: Math.round((share ?? 0) * 100) };
  if (refusal !== null) return bad(refusal, figures);
  return share !== null && share >= NEARLY_FULL_SHARE ? warning(failure('outbox.nearly-full'), figures) : good(figures);
}

/** The largest share of a cap that is used; null where nothing is ever sent. A clock set back makes no age. */
export function outboxShare({ enrolled, caps, certifications, lanes }: OutboxView, nowMs: number): number | null {
  if (!enrolled) return null;
  const bytes = lanes.reduce((sum, lane) => sum + lane.bytes, 0);
  const ages = lanes.flatMap(({ oldestAtMs }) => (oldestAtMs === null ? [] : [Math.max(0, nowMs - oldestAtMs)]));
  return Math.max(certifications / caps.maxCount, bytes / caps.maxBytes, Math.max(0, ...ages) / caps.maxAgeMs);
}

function vaultFound({ installation }: HealthParts): Found {
  const rows = installation.vault.rows();
  if (!rows.ok) return bad(rows.error);
  const figures = { evidence: rows.value.length };
  return installation.protection === 'vault' ? good(figures) : warning(failure('vault.key-file'), figures);
}
