import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import type { Signature } from '../shared/domain/receipt.ts';
import {
  publicKeyJwkSchema,
  serverKeyProofText,
  type ListedServerKey,
  type PublicKeyJwk,
} from '../shared/protocol/kv1.ts';
import type { Queries, VerifierDatabase } from './storage/database.ts';
import type { Row } from './storage/tables.ts';

/** The key that signs answers and countersigns receipts: the newest of this verifier's. */
export interface ServerKey {
  readonly keyId: string;
  readonly jwk: PublicKeyJwk;
  /** SHA-256 of the public key, hex: what an administrator compares at the kiosk. */
  readonly fingerprint: string;
  /** All keys of this verifier, newest first; each is vouched for by the one before it. */
  readonly listed: readonly ListedServerKey[];
  sign(text: string): Signature;
  /** Whether this verifier signed a text, with its key of now or an older one. */
  verify(text: string, signature: Signature): boolean;
}

/** Loads the server's keys, making the first on the first start. */
export async function loadServerKey(database: VerifierDatabase, nowMs: number): Promise<ServerKey> {
  const rows = await database.transaction(async (queries) => {
    const stored = await storedKeys(queries);
    return stored.length > 0 ? stored : [await insertKey(queries, 1, nowMs)];
  });
  return serverKeyOf(rows.map(opened));
}

/** Makes a new key, which signs from the next start on; older ones still verify. Gives its id. */
export async function addServerKey(database: VerifierDatabase, nowMs: number): Promise<string> {
  const added = await database.transaction(async (queries) => {
    const stored = await storedKeys(queries);
    const newestMs = stored[0]?.created_at_ms ?? 0;
    return insertKey(queries, stored.length + 1, Math.max(nowMs, newestMs + 1));
  });
  return added.key_id;
}

/** SHA-256 over the 32 bytes of an Ed25519 key, hex. */
export function fingerprintOf(key: PublicKeyJwk): string {
  return createHash('sha256').update(Buffer.from(key.x, 'base64url')).digest('hex');
}

/** Checks a device's Ed25519 signature over UTF-8 text; false also for a key that is no point of the curve. */
export function verifyText(text: string, signatureBase64Url: string, publicKeyX: string): boolean {
  try {
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKeyX }, format: 'jwk' });
    return verify(null, Buffer.from(text), key, Buffer.from(signatureBase64Url, 'base64url'));
  } catch {
    return false;
  }
}

interface OpenedKey {
  readonly keyId: string;
  readonly jwk: PublicKeyJwk;
  readonly sign: (text: string) => Signature;
}

/** @param keys newest first, at least one */
function serverKeyOf(keys: readonly OpenedKey[]): ServerKey {
  const [newest] = keys;
  if (newest === undefined) throw new Error('no server key');
  return {
    ...newest,
    fingerprint: fingerprintOf(newest.jwk),
    listed: keys.map(({ keyId, jwk }, index) => ({
      keyId,
      key: jwk,
      endorsement: keys[index + 1]?.sign(serverKeyProofText(keyId, fingerprintOf(jwk))) ?? null,
    })),
    verify: (text, { keyId, signature }) => {
      const signer = keys.find((key) => key.keyId === keyId);
      return signer !== undefined && verifyText(text, signature, signer.jwk.x);
    },
  };
}

function opened({ key_id: keyId, private_key }: Row<'server_keys'>): OpenedKey {
  const privateKey = createPrivateKey({ key: private_key, format: 'der', type: 'pkcs8' });
  const jwk = publicKeyJwkSchema.parse(createPublicKey(privateKey).export({ format: 'jwk' }));
  return {
    keyId,
    jwk,
    sign: (text) => ({ keyId, signature: sign(null, Buffer.from(text), privateKey).toString('base64url') }),
  };
}

async function storedKeys(queries: Queries): Promise<Row<'server_keys'>[]> {
  return queries.selectFrom('server_keys').selectAll().orderBy('created_at_ms', 'desc').execute();
}

async function insertKey(queries: Queries, number: number, nowMs: number): Promise<Row<'server_keys'>> {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const jwk = publicKeyJwkSchema.parse(publicKey.export({ format: 'jwk' }));
  const row = {
    key_id: `server-${fingerprintOf(jwk).slice(0, 8)}:k${number}`,
    private_key: privateKey.export({ format: 'der', type: 'pkcs8' }),
    created_at_ms: nowMs,
  };
  await queries.insertInto('server_keys').values(row).execute();
  return row;
}
