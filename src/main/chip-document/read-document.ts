import { randomBytes } from 'node:crypto';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { ChipAccessKey, ChipDocument, ChipProgress, ChipStep } from '../../shared/domain/travel-document.ts';
import { openChip, type OpenedChip } from './access/open-chip.ts';
import type { Channel } from './apdu/channel.ts';
import type { ChipLink } from './chip-link.ts';
import { cryptoEngine, type Engine } from './crypto/engine.ts';
import { FILES, type ElementaryFile } from './files/elementary-files.ts';
import { readFile } from './files/read-file.ts';
import { readSizeOf } from './files/read-size.ts';
import { readZoneFile } from './files/zone-file.ts';
import { readPortrait } from './portrait/portrait.ts';
import type { CountryCertificates } from './signature/country-certificates.ts';
import { authenticatePassively } from './signature/passive-authentication.ts';

export interface DocumentRead {
  readonly key: ChipAccessKey;
  /** Null: none are configured, and the signature stays unchecked. */
  readonly certificates: CountryCertificates | null;
  readonly onProgress: (progress: ChipProgress) => void;
  readonly nowMs: number;
  /** The local day, `YYYY-MM-DD`. */
  readonly today: string;
  readonly engine?: Engine;
  readonly random?: (count: number) => Uint8Array;
}

/** Everything of a chip document but how long reading took. */
export type ReadDocument = Omit<ChipDocument, 'tookMs'>;

/**
 * Reads a travel document's chip whole: access control, DG1, DG2, EF.SOD, passive authentication. A failure gives
 * nothing of what was read until then.
 */
export async function readDocument(link: ChipLink, read: DocumentRead): Promise<Result<ReadDocument, Failure>> {
  const at = (step: ChipStep, share: number | null = null): void => read.onProgress({ step, share });
  const { engine = cryptoEngine(), random = (count: number) => new Uint8Array(randomBytes(count)) } = read;
  at('connected');
  at('access');
  const opened = await openChip(link, { key: read.key, engine, random });
  if (!opened.ok) return opened;
  const files = await readFiles(opened.value, readSizeOf(link.atr), at);
  if (!files.ok) return files;
  const document = await documentFrom(files.value, read);
  if (!document.ok) return document;
  at('done', 1);
  return ok({ access: opened.value.access, ...document.value, reader: link.reader });
}

interface DocumentFiles {
  readonly zone: Uint8Array;
  readonly portrait: Uint8Array;
  readonly security: Uint8Array;
}

async function readFiles(
  { channel }: OpenedChip,
  readBytes: number,
  at: (step: ChipStep, share: number | null) => void,
): Promise<Result<DocumentFiles, Failure>> {
  const step = (name: ChipStep) => ({ readBytes, onShare: (share: number) => at(name, share) });
  at('identity', 0);
  const zone = await required(channel, FILES.zone, step('identity'));
  if (!zone.ok) return zone;
  at('portrait', 0);
  const portrait = await required(channel, FILES.portrait, step('portrait'));
  if (!portrait.ok) return portrait;
  at('security', 0);
  const security = await required(channel, FILES.security, step('security'));
  if (!security.ok) return security;
  return ok({ zone: zone.value, portrait: portrait.value, security: security.value });
}

/** All three are mandatory (Doc 9303 part 10, table 34): a chip without one is broken or was tampered with. */
async function required(
  channel: Channel,
  file: ElementaryFile,
  reading: Parameters<typeof readFile>[2],
): Promise<Result<Uint8Array, Failure>> {
  const content = await readFile(channel, file, reading);
  if (!content.ok) return content;
  return content.value ? ok(content.value) : err(failure('chip.malformed', `no ${file.name}`));
}

async function documentFrom(
  files: DocumentFiles,
  { certificates, nowMs, today }: DocumentRead,
): Promise<Result<Pick<ChipDocument, 'zone' | 'portrait' | 'signature' | 'dataGroups'>, Failure>> {
  const zone = readZoneFile(files.zone, today);
  if (!zone.ok) return zone;
  const dataGroups = new Map([
    [1, files.zone],
    [2, files.portrait],
  ]);
  const { issuingState } = zone.value;
  const trusted = certificates;
  const signature = authenticatePassively({ securityFile: files.security, dataGroups, issuingState, trusted, nowMs });
  if (!signature.ok) return signature;
  const portrait = await readPortrait(files.portrait);
  return ok({ zone: zone.value, portrait, signature: signature.value, dataGroups: [...dataGroups.keys()] });
}
