import type { Clock } from '../../shared/clock.ts';
import type { VerifierDatabase } from '../storage/database.ts';
import { createIdentityOpener, createSealingKey, type IdentityOpener } from './sealing-key.ts';

/**
 * Loads the keys that identities are sealed to, making the first one. The newest is offered; identities that were sealed
 * to an older one can still be opened.
 */
export async function loadSealingKeys(database: VerifierDatabase, clock: Clock): Promise<IdentityOpener> {
  const rows = await database.transaction(async (queries) => {
    const known = await queries.selectFrom('sealing_keys').selectAll().orderBy('created_at_ms', 'desc').execute();
    if (known.length > 0) return known;
    const privateKey = createSealingKey();
    const { kid } = createIdentityOpener(privateKey).publicKey;
    const row = { kid, private_key: privateKey, created_at_ms: clock.wallMs() };
    await queries.insertInto('sealing_keys').values(row).execute();
    return [row];
  });
  const openers = rows.map((row) => createIdentityOpener(row.private_key));
  const [newest] = openers;
  if (newest === undefined) throw new Error('there is no sealing key');
  return {
    publicKey: newest.publicKey,
    open: async (jwe, sessionId) => {
      for (const opener of openers) {
        const identity = await opener.open(jwe, sessionId);
        if (identity !== null) return identity;
      }
      return null;
    },
  };
}
