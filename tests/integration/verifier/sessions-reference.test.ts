import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/shared/clock.ts';
import type { CheckOutcome } from '../../../src/shared/domain/verification.ts';
import { createFaceProcess, type FaceProcess } from '../../../src/verifier/adapters/face-process.ts';
import { importReferences } from '../../../src/verifier/adapters/reference-import.ts';
import { openReferencePhotos, type ReferencePhotos } from '../../../src/verifier/adapters/reference-photos.ts';
import { createReferenceVerifier } from '../../../src/verifier/adapters/reference-verifier.ts';
import { MASTER_KEY_VARIABLE } from '../../../src/verifier/master-key.ts';
import type { VerifierDatabase } from '../../../src/verifier/storage/database.ts';
import { openFolderObjectStore } from '../../../src/verifier/storage/folder-object-store.ts';
import { openVerifierDatabase } from '../../../src/verifier/storage/open-database.ts';
import { media, MODELS_FOLDER } from '../../support/inference/media.ts';
import { temporaryFolder } from '../../support/sample-store.ts';
import { NODE_24 } from '../../support/source-verifier.ts';

const ENROLLED = { number: '11010519491231002X', name: '测试员' };
const UNKNOWN = { number: '110105194912310038', name: '测试员' };

const MASTER_KEY = Buffer.alloc(32, 3);
const COMMAND = [join(import.meta.dirname, '../../../src/cli/main.ts'), 'verifier', 'references', 'import'];

/** One picture of two people. */
async function sideBySide(left: string, right: string): Promise<Buffer> {
  const height = 480;
  const halves = await Promise.all([left, right].map((file) => sharp(media(file)).resize(400, height).toBuffer()));
  const canvas = sharp({ create: { width: 800, height, channels: 3, background: '#808080' } });
  return canvas
    .composite(halves.map((input, index) => ({ input, left: index * 400, top: 0 })))
    .jpeg()
    .toBuffer();
}

describe('reference photos of the bank', () => {
  const folder = temporaryFolder();
  let database: VerifierDatabase;
  let photos: ReferencePhotos;
  let faces: FaceProcess;

  beforeAll(async () => {
    database = await openVerifierDatabase(folder.path);
    const objects = await openFolderObjectStore(`${folder.path}/objects`);
    const parts = { database, objects, masterKey: MASTER_KEY, clock: systemClock, randomBytes };
    photos = await openReferencePhotos(parts);
    faces = createFaceProcess(MODELS_FOLDER, systemClock);
  });
  afterAll(async () => {
    faces.stop();
    await database.close();
    folder.remove();
  });

  it('are enrolled from a list by command, line by line', async () => {
    const list = join(folder.path, 'list');
    mkdirSync(list);
    for (const file of ['franck_01829.jpg', 'franck_02159.jpg', 'facemodel_numbering_new.png']) {
      writeFileSync(join(list, file), media(file));
    }
    writeFileSync(join(list, 'junk.jpg'), 'no picture');
    writeFileSync(join(list, 'two.jpg'), await sideBySide('franck_01829.jpg', 'obama4_crop.jpg'));
    const refused: readonly (readonly [string, string, string])[] = [
      [`${ENROLLED.number},${ENROLLED.name},franck_02159.jpg`, 'line 2 has the same number', 'doubled'],
      [`110105194912310039,测试员,franck_02159.jpg`, 'the number is not one (check-digit)', 'one digit off'],
      [`123,测试员,franck_02159.jpg`, 'the number is not one (length)', 'short'],
      [`${UNKNOWN.number},测试员,gone.jpg`, 'there is no such photo beside the list', 'missing'],
      [`${UNKNOWN.number},测试员,../master.key`, 'the photo does not lie beside the list', 'elsewhere'],
      [`${UNKNOWN.number},测试员,facemodel_numbering_new.png`, 'there is no face in the photo', 'no face'],
      [`${UNKNOWN.number},测试员,junk.jpg`, 'the photo is no picture that can be read', 'junk'],
      [`${UNKNOWN.number},测试员,two.jpg`, 'there is more than one face in the photo', 'two faces'],
      [`${UNKNOWN.number},,franck_02159.jpg`, 'the name is not in its form', 'no name'],
      [UNKNOWN.number, 'a line has number, name and photo', 'fields'],
    ];
    // A lower-case x is the same number.
    const first = `${ENROLLED.number.toLowerCase()},${ENROLLED.name},franck_01829.jpg`;
    const lines = ['number,name,photo', first, ...refused.map(([line]) => line)];
    writeFileSync(join(list, 'photos.csv'), `\uFEFF${lines.join('\r\n')}\r\n`);
    const imported = spawnSync(NODE_24, [...COMMAND, join(list, 'photos.csv'), '--data', folder.path, '--json'], {
      encoding: 'utf8',
      timeout: 60_000,
      env: { ...process.env, [MASTER_KEY_VARIABLE]: MASTER_KEY.toString('base64') },
    });
    expect(JSON.parse(imported.stdout)).toEqual({
      added: 1,
      replaced: 0,
      refused: refused.map(([, why], index) => ({ line: index + 3, why })),
    });
    expect([imported.status, imported.stderr]).toEqual([1, '']);
    expect(await photos.count()).toBe(1);
  });

  it('are replaced when they come again', async () => {
    const readPhoto = async () => Buffer.from(media('franck_01829.jpg'));
    const lines = [{ line: 1, fields: [ENROLLED.number, ENROLLED.name, 'again.jpg'] }];
    const report = await importReferences({ photos, faces, addedBy: 'test', readPhoto }, lines);
    expect(report).toEqual({ added: 0, replaced: 1, refused: [] });
    expect(await photos.count()).toBe(1);
  });

  const ask = async (
    file: string,
    identity: { readonly number: string; readonly name: string },
  ): Promise<Pick<CheckOutcome, 'state' | 'reason'>> => {
    const verifier = createReferenceVerifier({ faces, photos });
    const bytes = media(file);
    const answer = await verifier.check(
      {
        certifyId: '01935f6e-0000-7000-8000-000000000002',
        check: 'face-authority',
        orderId: '0'.repeat(32),
        materials: { identity, face: { bytes, format: 'jpeg', width: 1, height: 1 } },
      },
      { trace: { traceId: '1', spanId: '2' } },
    );
    if (answer.kind === 'pending') throw new Error('it does not wait for anybody');
    const { state, reason, basis, vendor } = answer.outcome;
    expect([basis, vendor?.billed ?? false]).toEqual(['reference', false]);
    return { state, reason };
  };

  it.each([
    ['the same person in another picture', 'franck_04000.jpg', ENROLLED, 'passed', 'ok.confirmed'],
    ['somebody else', 'obama4_crop.jpg', ENROLLED, 'failed', 'face.low-similarity'],
    ['another name', 'franck_04000.jpg', { ...ENROLLED, name: '别人' }, 'failed', 'identity.mismatch'],
    ['nobody who is enrolled', 'franck_04000.jpg', UNKNOWN, 'review', 'source.no-photo'],
    ['no face', 'facemodel_numbering_new.png', ENROLLED, 'error', 'capture.no-face'],
  ])('%s', async (_what, file, identity, state, reason) => {
    expect(await ask(file, identity)).toEqual({ state, reason });
  });

  it('are gone when they are removed', async () => {
    expect(await photos.remove(ENROLLED.number)).toBe(true);
    expect(await photos.remove(ENROLLED.number)).toBe(false);
    expect(await ask('franck_04000.jpg', ENROLLED)).toEqual({ state: 'review', reason: 'source.no-photo' });
  });
});
