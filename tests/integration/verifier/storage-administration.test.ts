import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { openAdministration } from '../../../src/verifier/administration.ts';
import { storageConfiguration } from '../../../src/verifier/configuration.ts';
import { loadMasterKey } from '../../../src/verifier/master-key.ts';
import { forEachStorage } from '../../support/each-storage.ts';
import { enrolSampleDevice } from '../../support/enrolled-device.ts';
import { temporaryFolder } from '../../support/sample-store.ts';
import { systemClock } from '../../../src/shared/clock.ts';
import { NODE_24 } from '../../support/source-verifier.ts';
import { serveVerifier } from '../../support/verifier-in-process.ts';

const root = join(import.meta.dirname, '..', '..', '..');

forEachStorage('administration beside a running verifier', (open) => {
  it('opens codes, lists and revokes devices, adds operators once, and writes down what it did', async () => {
    const storage = await open();
    const kiosk = temporaryFolder();
    const verifier = await serveVerifier(storage.database, systemClock);
    const place = { dataFolder: storage.folder, database: storage.address };
    const administration = await openAdministration(place);
    const { code } = await administration.openCode('counter 4');
    const device = await enrolSampleDevice(kiosk.path, { ...verifier, enrolmentCode: code });
    expect((await device.client.probe()).ok).toBe(true);
    const [listed] = await administration.devices();
    expect(listed).toMatchObject({ label: 'counter 4', model: 'test', revokedAtMs: null });
    const deviceId = listed?.deviceId ?? '';
    expect([await administration.revoke(deviceId), await administration.revoke(deviceId)]).toEqual([true, false]);
    expect(await device.client.probe()).toMatchObject({ error: { failure: { detail: 'device_revoked' } } });
    expect(await administration.addOperator('anna', 'reviewer')).toMatch(/^cso_[\w-]{43}$/);
    expect(await administration.addOperator('anna', 'administrator')).toBeNull();
    const actions = await storage.database.queries
      .selectFrom('operator_actions')
      .select(['action', 'target'])
      .execute();
    expect(actions).toEqual([
      { action: 'code-opened', target: null },
      { action: 'device-revoked', target: deviceId },
      { action: 'operator-added', target: 'anna' },
    ]);
    device.store.database.close();
    await administration.close();
    await verifier.close();
    await storage.close();
    kiosk.remove();
  });
});

describe('the command line', () => {
  it('prints one line of JSON and keeps what it made', async () => {
    const folder = temporaryFolder();
    const run = async (...flags: string[]): Promise<unknown> => {
      const command = [join(root, 'src/cli/main.ts'), 'verifier', ...flags, '--data', folder.path, '--json'];
      return JSON.parse((await promisify(execFile)(NODE_24, command)).stdout);
    };
    const [opened, devices] = await Promise.all([run('code', '--label', 'desk'), run('devices')]);
    expect(opened).toMatchObject({ label: 'desk', code: expect.stringMatching(/^[A-Z2-7]{10}$/) as string });
    expect(devices).toEqual({ devices: [] });
    folder.remove();
  });

  it.each([
    [{ database: 'postgres://verifier:secret@db/x' }, {}, 'a password belongs into PGPASSWORD'],
    [{ database: 'mysql://db/x' }, {}, 'a database is given as'],
    [{}, { COUNTERSIGN_DATABASE: 'verifier.db' }, 'a database is given as'],
    [{ objects: 's3://bucket?endpoint=http://far.example' }, {}, 'reached by https'],
    [{ objects: 's3://bucket?endpoint=https://s3.example' }, {}, 'AWS_ACCESS_KEY_ID'],
  ])('says what is wrong with %j and %j, without the value', (options, environment, fault) => {
    const storage = storageConfiguration({ data: 'data', ...options }, environment);
    expect(storage).toMatchObject({ ok: false, error: expect.stringContaining(fault) as string });
    expect(JSON.stringify(storage)).not.toContain('secret@');
  });

  it('takes places from options, then from the environment, then from the folder', () => {
    const environment = { COUNTERSIGN_DATABASE: 'postgres://u:p@db/one', COUNTERSIGN_OBJECTS: '/objects' };
    const both = { ok: true, value: { dataFolder: 'data', database: 'postgres://db/two', objects: '/other' } };
    const options = { data: 'data', database: 'postgres://db/two', objects: '/other' };
    expect(storageConfiguration(options, environment)).toEqual(both);
    expect(storageConfiguration({ data: 'data' }, environment)).toMatchObject({
      value: { database: 'postgres://u:p@db/one', objects: '/objects' },
    });
    expect(storageConfiguration({ data: 'data' }, {})).toMatchObject({
      value: { database: null, objects: 'data/objects' },
    });
  });
});

describe('the master key', () => {
  const bytes = (length: number): Buffer => Buffer.alloc(length, 9);

  it('is made once, for its owner alone, unless the environment gives it', async () => {
    const folder = temporaryFolder();
    const made = await loadMasterKey(folder.path, {}, bytes);
    expect([made.length, (await loadMasterKey(folder.path, {}, () => Buffer.alloc(32))).equals(made)]).toEqual([
      32,
      true,
    ]);
    expect(statSync(join(folder.path, 'master.key')).mode & 0o077).toBe(0);
    const given = Buffer.alloc(32, 5);
    const environment = { COUNTERSIGN_MASTER_KEY: given.toString('base64') };
    expect((await loadMasterKey(folder.path, environment, bytes)).equals(given)).toBe(true);
    await expect(loadMasterKey(folder.path, { COUNTERSIGN_MASTER_KEY: 'c2hvcnQ=' }, bytes)).rejects.toThrow('32 bytes');
    folder.remove();
  });
});
