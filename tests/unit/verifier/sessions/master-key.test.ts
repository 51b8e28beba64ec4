import { randomBytes } from 'node:crypto';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../../src/shared/clock.ts';
import { assertMasterKey, loadMasterKey, MASTER_KEY_VARIABLE } from '../../../../src/verifier/sessions/master-key.ts';
import { openVerifierDatabase } from '../../../../src/verifier/storage/open-database.ts';
import { temporaryFolder } from '../../../support/sample-store.ts';

describe('the master key', () => {
  const folder = temporaryFolder();
  const place = { folder: join(folder.path, 'data'), environment: {}, mayCreate: true, randomBytes };
  afterEach(() => folder.remove());

  it('is made once, for the account alone, and found again', async () => {
    expect(() => loadMasterKey({ ...place, mayCreate: false })).toThrow(MASTER_KEY_VARIABLE);
    const made = loadMasterKey(place);
    expect(made).toHaveLength(32);
    expect(loadMasterKey({ ...place, mayCreate: false })).toEqual(made);
    expect(statSync(join(place.folder, 'master.key')).mode & 0o777).toBe(0o600);
    const given = Buffer.alloc(32, 5);
    const environment = { [MASTER_KEY_VARIABLE]: given.toString('base64') };
    expect(loadMasterKey({ ...place, environment })).toEqual(given);
    expect(() => loadMasterKey({ ...place, environment: { [MASTER_KEY_VARIABLE]: 'c2hvcnQ=' } })).toThrow('32 bytes');
    writeFileSync(join(place.folder, 'master.key'), 'short');
    expect(() => loadMasterKey(place)).toThrow('32 bytes');
    const database = await openVerifierDatabase(place.folder);
    await assertMasterKey(database, made, systemClock, randomBytes);
    await assertMasterKey(database, made, systemClock, randomBytes);
    await expect(assertMasterKey(database, given, systemClock, randomBytes)).rejects.toThrow('another master key');
    await database.close();
  });
});
