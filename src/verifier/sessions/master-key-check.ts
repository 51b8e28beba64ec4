import type { Clock } from '../../shared/clock.ts';
import { RefusedStart } from '../refused-start.ts';
import type { VerifierDatabase } from '../storage/database.ts';
import { decryptUnder, encryptUnder, type RandomBytes } from './envelope.ts';

const CHECK_NAME = 'master-key-check';
const CHECK_CONTEXT = 'countersign|master-key-check';

/** Whether this is the key that the database was begun with; the first key is taken. Throws for another one. */
export async function assertMasterKey(
  database: VerifierDatabase,
  masterKey: Uint8Array,
  clock: Clock,
  randomBytes: RandomBytes,
): Promise<void> {
  const value = await database.transaction(async (queries) => {
    const known = await queries.selectFrom('secrets').select('value').where('name', '=', CHECK_NAME).executeTakeFirst();
    if (known !== undefined) return known.value;
    const made = encryptUnder(masterKey, Buffer.from(CHECK_NAME), CHECK_CONTEXT, randomBytes);
    await queries
      .insertInto('secrets')
      .values({ name: CHECK_NAME, value: made, created_at_ms: clock.wallMs() })
      .execute();
    return made;
  });
  if (decryptUnder(masterKey, value, CHECK_CONTEXT) === null)
    throw new RefusedStart('the database belongs to another master key');
}
