import type { SessionRequest } from '../../shared/protocol/kv1-sessions.ts';
import { decryptUnder, encryptUnder, KEY_BYTES, type RandomBytes } from './envelope.ts';

type SessionName = Pick<SessionRequest, 'certifyId' | 'sessionId'>;

/** Identity and pictures are never under the same key. */
export interface ContentKeys {
  readonly identity: Buffer;
  readonly pictures: Buffer;
}

/**
 * Two keys for each session, random and kept only wrapped by the server's master key. Destroying the wrapped keys
 * erases what they encrypt, in backups too.
 */
export interface SessionKeys {
  create(session: SessionName): { readonly keys: ContentKeys; readonly wrapped: Buffer<ArrayBuffer> };
  /** Null when the wrapped keys belong to another session or master key. */
  unwrap(session: SessionName, wrapped: Uint8Array): ContentKeys | null;
}

/** @param masterKey 32 bytes */
export function createSessionKeys(masterKey: Uint8Array, randomBytes: RandomBytes): SessionKeys {
  if (masterKey.length !== KEY_BYTES) throw new Error(`the master key has ${KEY_BYTES} bytes`);
  return {
    create: (session) => {
      const both = randomBytes(2 * KEY_BYTES);
      return { keys: split(both), wrapped: encryptUnder(masterKey, both, contextOf(session, 'keys'), randomBytes) };
    },
    unwrap: (session, wrapped) => {
      const both = decryptUnder(masterKey, wrapped, contextOf(session, 'keys'));
      return both?.length === 2 * KEY_BYTES ? split(both) : null;
    },
  };
}

/** The keys of a session, or null once they are destroyed. */
export function unwrapKeys(
  keys: SessionKeys,
  session: SessionName,
  secrets: { readonly wrappedKeys: Buffer | null } | null,
): ContentKeys | null {
  const wrapped = secrets?.wrappedKeys ?? null;
  return wrapped === null ? null : keys.unwrap(session, wrapped);
}

/** What encrypted content of a session is bound to. */
export function contextOf({ certifyId, sessionId }: SessionName, what: string): string {
  return `countersign|${certifyId}|${sessionId}|${what}`;
}

function split(both: Buffer): ContentKeys {
  return { identity: both.subarray(0, KEY_BYTES), pictures: both.subarray(KEY_BYTES) };
}
