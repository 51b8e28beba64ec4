import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { systemClock } from '../../../../src/shared/clock.ts';
import { assertMasterKey } from '../../../../src/verifier/sessions/master-key-check.ts';
import { openVerifierDatabase } from '../../../../src/verifier/storage/open-database.ts';
import { temporaryFolder } from '../../../support/sample-store.ts';

it('takes the first master key of a database and refuses every other', async () => {
  const folder = temporaryFolder();
  const database = await openVerifierDatabase(folder.path);
  try {
    const check = (byte: number): Promise<void> =>
      assertMasterKey(database, Buffer.alloc(32, byte), systemClock, randomBytes);
    await check(1);
    await check(1);
    await expect(check(2)).rejects.toThrow('another master key');
  } finally {
    await database.close();
    folder.remove();
  }
});
