import { createHash } from 'node:crypto';
import type { Clock } from '../shared/clock.ts';
import { JSON_TYPE, KV1_HEADERS, KV1_LIMITS, type Problem } from '../shared/protocol/kv1.ts';
import {
  BINARY_TYPE,
  carriesBody,
  coversExactly,
  parseSignatureHeader,
  parseSignatureInput,
  requestComponents,
  signatureBaseOf,
  type ParsedSignatureInput,
  type SignedRequestParts,
} from '../shared/protocol/message-signature.ts';
import { err, ok, type Result } from '../shared/result.ts';
import type { Device, DeviceRegistry } from './device-registry.ts';
import { problem } from './problems.ts';
import { verifyText } from './server-key.ts';

export interface ReceivedRequest {
  readonly method: string;
  /** As the device wrote it: scheme, authority, path and query. */
  readonly targetUri: string;
  readonly header: (name: string) => string | null;
  /** The bytes as received; empty for GET and DELETE. */
  readonly body: Buffer;
}

/** Who sent an authentic, fresh request, and the key and digest that identify its effect. */
export interface AuthenticRequest {
  readonly device: Device;
  readonly idempotencyKey: string;
  readonly contentDigest: string;
}

interface ParsedHeaders {
  readonly parts: SignedRequestParts;
  readonly input: ParsedSignatureInput;
  readonly signatureBase64: string;
  readonly sequence: number;
}

/** SHA-256 Content-Digest (RFC 9530). */
export function contentDigest(body: Buffer | string): string {
  return `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;
}

/**
 * Decides whether a request was signed by an enrolled device, over exactly this method, address and body, within the
 * window of time, and never before. The digest is computed from the bytes received, never taken from the header.
 */
export async function authenticate(
  request: ReceivedRequest,
  devices: DeviceRegistry,
  clock: Clock,
): Promise<Result<AuthenticRequest, Problem>> {
  const headers = parseHeaders(request);
  if (headers === null) return err(problem('signature_missing'));
  const { parts, input, signatureBase64, sequence } = headers;
  if (request.header(KV1_HEADERS.contentDigest) !== parts.contentDigest) return err(problem('digest_mismatch'));
  const device = await devices.findByKeyId(input.parameters.keyId);
  if (device === null) return err(problem('device_unknown'));
  const { base } = signatureBaseOf(requestComponents(parts), input.parameters);
  const signature = Buffer.from(signatureBase64, 'base64').toString('base64url');
  if (!verifyText(base, signature, device.publicKeyX)) return err(problem('signature_invalid'));
  if (device.revoked) return err(problem('device_revoked'));
  const nowMs = clock.wallMs();
  if (isSuperseded(device, nowMs)) return err(problem('device_unknown'));
  if (!isTimely(input, nowMs)) return err(problem('clock_skew', { serverTimeMs: nowMs }));
  const taken = await devices.takeOnce(device, input.parameters.nonce ?? '', sequence, nowMs);
  if (taken === 'nonce-used') return err(problem('nonce_replayed'));
  if (taken === 'sequence-used') return err(problem('sequence_replayed'));
  return ok({ device, idempotencyKey: parts.body?.idempotencyKey ?? '', contentDigest: parts.contentDigest });
}

/** A key that was replaced is taken for some days more. */
function isSuperseded({ keyId, keys }: Device, nowMs: number): boolean {
  const untilMs = keys.find((key) => key.keyId === keyId)?.validUntilMs ?? null;
  return untilMs !== null && nowMs > untilMs;
}

function parseHeaders(request: ReceivedRequest): ParsedHeaders | null {
  const input = parseSignatureInput(request.header(KV1_HEADERS.signatureInput) ?? '');
  const signatureBase64 = parseSignatureHeader(request.header(KV1_HEADERS.signature) ?? '');
  const kvSeq = request.header(KV1_HEADERS.sequence) ?? '';
  if (input === null || signatureBase64 === null || !/^[1-9]\d{0,14}$/.test(kvSeq)) return null;
  if (input.parameters.nonce === null || input.parameters.expires === null) return null;
  const body = carriesBody(request.method) ? bodyParts(request) : null;
  if (body === undefined) return null;
  const { method, targetUri } = request;
  const parts = { method, targetUri, contentDigest: contentDigest(request.body), kvSeq, body };
  if (!coversExactly(input, requestComponents(parts))) return null;
  return { parts, input, signatureBase64, sequence: Number(kvSeq) };
}

function bodyParts(request: ReceivedRequest): SignedRequestParts['body'] | undefined {
  const idempotencyKey = request.header(KV1_HEADERS.idempotencyKey);
  const contentType = request.header('content-type');
  if (idempotencyKey === null || !/^[\w-]{16,64}$/.test(idempotencyKey)) return undefined;
  const isPiece = request.method !== 'POST' && contentType === BINARY_TYPE;
  if (contentType !== JSON_TYPE && !isPiece) return undefined;
  return { contentType, idempotencyKey };
}

function isTimely({ parameters }: ParsedSignatureInput, nowMs: number): boolean {
  const createdMs = parameters.created * 1_000;
  const expiresMs = (parameters.expires ?? 0) * 1_000;
  return Math.abs(nowMs - createdMs) <= KV1_LIMITS.signatureWindowMs && nowMs <= expiresMs;
}
