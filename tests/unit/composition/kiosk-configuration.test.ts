import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDemoHand } from '../../../src/main/composition/demo-hand.ts';
import { openInstallation, type Installation } from '../../../src/main/composition/installation.ts';
import { readConfiguration } from '../../../src/main/composition/kiosk-configuration.ts';
import { KEY_FILE_NAME, keyFile } from '../../../src/main/store/key-file.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { SAMPLE_START_MS } from '../../support/sample-records.ts';
import { expectOk, temporaryFolder } from '../../support/sample-store.ts';

let folder: ReturnType<typeof temporaryFolder>;
let installation: Installation;
beforeEach(() => {
  folder = temporaryFolder();
  const key = keyFile(join(folder.path, KEY_FILE_NAME), randomBytes);
  installation = expectOk(openInstallation(folder.path, key, manualClock(SAMPLE_START_MS)));
});
afterEach(() => {
  installation.close();
  folder.remove();
});

const read = (demo: Parameters<typeof readConfiguration>[1] = null) =>
  readConfiguration(installation, demo, () => ({ use: 'alone', limit: null, why: null }));

describe('whether the kiosk reads cards', () => {
  it('is as the reader is set, and always so in a demonstration', () => {
    expect(expectOk(read()).readsCards).toBe(false);
    const nothing = (): void => undefined;
    expect(expectOk(read(createDemoHand(folder.path, nothing, nothing))).readsCards).toBe(true);
    expectOk(installation.settings.write('reader', { kind: 'simulated' }));
    expect(expectOk(read()).readsCards).toBe(true);
  });

  it('is a failure where the setting can’t be read, never a default', () => {
    expectOk(installation.settings.write('reader', { kind: 'simulated' }));
    installation.database.prepare(`UPDATE settings SET value = '{"kind":"none"}' WHERE name = 'reader'`).run();
    expect(read()).toMatchObject({ ok: false });
  });
});
