import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../shared/clock.ts';
import type { IdentityMaterial } from '../../shared/domain/verification.ts';
import { decryptUnder, encryptUnder, KEY_BYTES, type RandomBytes } from '../sessions/envelope.ts';
import type { ArtifactObjects } from '../sessions/artifact-store.ts';
import type { VerifierDatabase } from '../storage/database.ts';

/** What is known of somebody here. */
export type FoundReference =
  | { readonly kind: 'none' }
  /** The number is enrolled under another name. */
  | { readonly kind: 'other-name' }
  /** There is a photo, and it can't be opened. */
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'photo'; readonly photo: Buffer };

/**
 * Photos that the operator of this verifier has enrolled. Each is encrypted under a key of its own; whose it is can only
 * be found by who has the number, and neither number nor name is kept.
 */
export interface ReferencePhotos {
  find(identity: IdentityMaterial): Promise<FoundReference>;
  /** Keeps a photo, in the place of an earlier one of the same person. */
  put(identity: IdentityMaterial, photo: Buffer, addedBy: string): Promise<'added' | 'replaced'>;
  /** False when there is none. */
  remove(number: string): Promise<boolean>;
  count(): Promise<number>;
}

export interface ReferencePhotosParts {
  readonly database: VerifierDatabase;
  readonly objects: ArtifactObjects;
  readonly masterKey: Uint8Array;
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
}

const SECRET = 'reference-photos';
const NAME_BYTES = 32;

/** Makes the key of its hashes with the first start. Throws when that was made under another master key. */
export async function openReferencePhotos(parts: ReferencePhotosParts): Promise<ReferencePhotos> {
  const { database, objects, clock, randomBytes, masterKey } = parts;
  const secret = await loadSecret(parts);
  const digest = (text: string): Buffer => createHmac('sha256', secret).update(text, 'utf8').digest();
  const keyOf = (number: string): string => digest(`number|${number}`).toString('hex');
  const nameOf = ({ name, number }: IdentityMaterial): Buffer => digest(`name|${number}|${name.normalize('NFKC')}`);
  const rowOf = (key: string) =>
    database.queries.selectFrom('reference_photos').selectAll().where('number_hmac', '=', key).executeTakeFirst();
  return {
    find: async (identity) => {
      const key = keyOf(identity.number);
      const row = await rowOf(key);
      if (row === undefined) return { kind: 'none' };
      const photoKey = decryptUnder(masterKey, row.wrapped_key, keyContext(key));
      const sealed = photoKey === null ? null : await objects.get(row.object_key);
      const content = photoKey === null || sealed === null ? null : decryptUnder(photoKey, sealed, photoContext(key));
      if (content === null || content.length <= NAME_BYTES) return { kind: 'unreadable' };
      const sameName = timingSafeEqual(content.subarray(0, NAME_BYTES), nameOf(identity));
      return sameName ? { kind: 'photo', photo: content.subarray(NAME_BYTES) } : { kind: 'other-name' };
    },
    put: async (identity, photo, addedBy) => {
      const key = keyOf(identity.number);
      const before = await rowOf(key);
      const photoKey = randomBytes(KEY_BYTES);
      const objectKey = `references/${randomBytes(16).toString('hex')}`;
      const content = Buffer.concat([nameOf(identity), photo]);
      await objects.put(objectKey, encryptUnder(photoKey, content, photoContext(key), randomBytes));
      const row = {
        object_key: objectKey,
        wrapped_key: encryptUnder(masterKey, photoKey, keyContext(key), randomBytes),
        sha256: createHash('sha256').update(photo).digest('hex'),
        bytes: photo.length,
        added_by: addedBy,
        added_at_ms: clock.wallMs(),
      };
      await database.queries
        .insertInto('reference_photos')
        .values({ number_hmac: key, subject_key: null, ...row })
        .onConflict((conflict) => conflict.column('number_hmac').doUpdateSet(row))
        .execute();
      if (before !== undefined) await objects.remove(before.object_key);
      return before === undefined ? 'added' : 'replaced';
    },
    remove: async (number) => {
      const removed = await database.queries
        .deleteFrom('reference_photos')
        .where('number_hmac', '=', keyOf(number))
        .returning('object_key')
        .executeTakeFirst();
      if (removed !== undefined) await objects.remove(removed.object_key);
      return removed !== undefined;
    },
    count: async () => {
      const { count } = await database.queries
        .selectFrom('reference_photos')
        .select(({ fn }) => fn.countAll().as('count'))
        .executeTakeFirstOrThrow();
      return Number(count);
    },
  };
}

function keyContext(key: string): string {
  return `countersign|reference-key|${key}`;
}

function photoContext(key: string): string {
  return `countersign|reference-photo|${key}`;
}

/** The key of the hashes, wrapped like all others: from the database alone nobody can try numbers. */
async function loadSecret({ database, masterKey, clock, randomBytes }: ReferencePhotosParts): Promise<Buffer> {
  const wrapped = await database.transaction(async (queries) => {
    const known = await queries.selectFrom('secrets').select('value').where('name', '=', SECRET).executeTakeFirst();
    if (known !== undefined) return known.value;
    const value = encryptUnder(masterKey, randomBytes(KEY_BYTES), `countersign|${SECRET}`, randomBytes);
    await queries.insertInto('secrets').values({ name: SECRET, value, created_at_ms: clock.wallMs() }).execute();
    return value;
  });
  const secret = decryptUnder(masterKey, wrapped, `countersign|${SECRET}`);
  if (secret === null) throw new Error('the reference photos belong to another master key');
  return secret;
}
