import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/shared/clock.ts';
import type { CheckOutcome } from '../../../src/shared/domain/verification.ts';
import { createFaceProcess, type FaceProcess } from '../../../src/verifier/adapters/face-process.ts';
import { importReferences } from '../../../src/verifier/adapters/reference-import.ts';
import { openReferencePhotos, type ReferencePhotos } from '../../../src/verifier/adapters/reference-photos.ts';
import { createReferenceVerifier } from '../../../src/verifier/adapters/reference-verifier.ts';
import type { VerifierDatabase } from '../../../src/verifier/storage/database.ts';
import { openFolderObjectStore } from '../../../src/verifier/storage/folder-object-store.ts';
import { openVerifierDatabase } from '../../../src/verifier/storage/open-database.ts';
import { media, MODELS_FOLDER } from '../../support/inference/media.ts';
import { temporaryFolder } from '../../support/sample-store.ts';

const ENROLLED = { number: '11010519491231002X', name: '测试员' };
const UNKNOWN = { number: '110105194912310038', name: '测试员' };

describe('reference photos of the bank', () => {
  const folder = temporaryFolder();
  let database: VerifierDatabase;
  let photos: ReferencePhotos;
  let faces: FaceProcess;

  beforeAll(async () => {
    database = await openVerifierDatabase(folder.path);
    const objects = await openFolderObjectStore(`${folder.path}/objects`);
    const parts = { database, objects, masterKey: Buffer.alloc(32, 3), clock: systemClock, randomBytes };
    photos = await openReferencePhotos(parts);
    faces = createFaceProcess(MODELS_FOLDER, systemClock);
  });
  afterAll(async () => {
    faces.stop();
    await database.close();
    folder.remove();
  });

  it('are enrolled from a list, line by line', async () => {
    const report = await importReferences(
      {
        photos,
        faces,
        addedBy: 'test',
        readPhoto: async (file) => (file.startsWith('gone') ? null : Buffer.from(media(file))),
      },
      [
        { line: 1, fields: ['number', 'name', 'photo'] },
        { line: 2, fields: [ENROLLED.number, ENROLLED.name, 'franck_01829.jpg'] },
        { line: 3, fields: [ENROLLED.number, ENROLLED.name, 'franck_02159.jpg'] },
        { line: 4, fields: ['123', '测试员', 'franck_02159.jpg'] },
        { line: 5, fields: [UNKNOWN.number, '测试员', 'gone.jpg'] },
        { line: 6, fields: [UNKNOWN.number, '测试员', 'facemodel_numbering_new.png'] },
        { line: 7, fields: [UNKNOWN.number] },
      ],
    );
    expect(report).toMatchObject({ added: 1, replaced: 1 });
    expect(report.refused.map(({ line }) => line)).toEqual([4, 5, 6, 7]);
    expect(JSON.stringify(report)).not.toContain('测试员');
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
