import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { consentHash } from '../../../src/main/certification/consent-view.ts';
import { openInstallation, type Installation } from '../../../src/main/composition/installation.ts';
import { noticeVersions } from '../../../src/main/composition/notice-versions.ts';
import { sha256Hex } from '../../../src/main/store/hashing.ts';
import { KEY_FILE_NAME, keyFile } from '../../../src/main/store/key-file.ts';
import { PRESET_SCHEMES } from '../../../src/shared/domain/scheme-presets.ts';
import { siteTexts } from '../../../src/shared/domain/site.ts';
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

const versions = () => expectOk(noticeVersions({ ...installation, returnsFaces: false }));

it('has the wording for whoever walks up, and that for whoever a caller has asked for where files wait for it', () => {
  const [scene] = expectOk(installation.scenes.scenes());
  const scheme = PRESET_SCHEMES.find(({ id }) => id === scene.scheme)!;
  const { siteName, purpose } = siteTexts(expectOk(installation.settings.read('site')), 'zh-CN');
  const context = { siteName, purpose, recipient: null, returnsFaces: false };
  const hashOf = (request: object | null): string =>
    consentHash({ scene, scheme, fallback: null, request }, context, 'zh-CN', sha256Hex);
  expect(scheme.outputs).toContain('best-frame');
  expect(versions().map(({ hash }) => hash)).toEqual([hashOf(null), hashOf({})]);
  expect(hashOf(null)).not.toBe(hashOf({}));
});

it('names a wording once where both read the same', () => {
  const [scene] = expectOk(installation.scenes.scenes());
  const files = new Set<string>(['best-frame', 'clip', 'portrait', 'card-pictures']);
  const plain = PRESET_SCHEMES.find(
    ({ actor, outputs }) => actor === 'person' && !outputs.some((one) => files.has(one)),
  )!;
  const scenes = {
    ...installation.scenes,
    scenes: () => ({ ok: true, value: [{ ...scene, scheme: plain.id }] }) as const,
  };
  const { settings, database } = installation;
  expect(expectOk(noticeVersions({ settings, scenes, database, returnsFaces: false }))).toHaveLength(1);
});
