import { z } from 'zod';
import { sealedIdentitySchema, type SealedIdentity, type SessionRequest } from '../../shared/protocol/kv1-sessions.ts';
import { decryptUnder, encryptUnder, type RandomBytes } from './envelope.ts';
import { contextOf } from './session-keys.ts';

const fieldsSchema = z.record(z.string(), z.string());

/** An identity as it is kept: under the session's own identity key. */
export function keepIdentity(
  request: SessionRequest,
  key: Uint8Array,
  identity: SealedIdentity | null,
  randomBytes: RandomBytes,
): Buffer | null {
  if (identity === null) return null;
  const plain = Buffer.from(JSON.stringify(identity), 'utf8');
  const kept = encryptUnder(key, plain, contextOf(request, 'identity'), randomBytes);
  plain.fill(0);
  return kept;
}

/** The identity, null where there is none, undefined where it can't be opened: one is not the other. */
export function openIdentity(
  request: SessionRequest,
  key: Uint8Array,
  kept: Uint8Array | null,
): SealedIdentity | null | undefined {
  if (kept === null) return null;
  const plain = decryptUnder(key, kept, contextOf(request, 'identity'));
  return plain === null ? undefined : sealedIdentitySchema.parse(JSON.parse(plain.toString('utf8')));
}

/** Fields that were read from a card; null where there are none, or where they can't be opened any more. */
export function openFields(
  request: SessionRequest,
  key: Uint8Array,
  kept: Uint8Array | null,
): Readonly<Record<string, string>> | null {
  const plain = kept === null ? null : decryptUnder(key, kept, contextOf(request, 'fields'));
  return plain === null ? null : fieldsSchema.parse(JSON.parse(plain.toString('utf8')));
}
