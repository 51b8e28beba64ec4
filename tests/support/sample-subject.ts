import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { v7 as uuid } from 'uuid';
import { createInstalledSubjects, type InstalledSubjectsParts } from '../../src/main/composition/installed-subjects.ts';
import { openInstallation, type Installation } from '../../src/main/composition/installation.ts';
import { createFaceReturnPictures, FACE_RETURNS_FOLDER_NAME } from '../../src/main/store/face-return-pictures.ts';
import { KEY_FILE_NAME, keyFile } from '../../src/main/store/key-file.ts';
import { createRequestInputStore, REQUESTS_FOLDER_NAME } from '../../src/main/store/request-inputs.ts';
import { createResultMaterials, RESULTS_FOLDER_NAME } from '../../src/main/store/result-materials.ts';
import type { Clock } from '../../src/shared/clock.ts';
import { sampleCheck, sampleMaterials } from './sample-checks.ts';
import { sampleCertifyId, sampleRecord } from './sample-records.ts';
import { expectOk } from './sample-store.ts';

export const SAMPLE_SUBJECT = 'ab'.repeat(32);
export const OTHER_SUBJECT = 'cd'.repeat(32);
/** Starts every sample picture, so that it would be found again in plain files. */
export const PICTURE_MARK = Buffer.from('a JPEG of the sample subject');
/** 2096. */
const END_MS = 4_000_000_000_000;

export function openSampleInstallation(folder: string, clock: Clock): Installation {
  const source = keyFile(join(folder, KEY_FILE_NAME), () => randomBytes(32));
  return expectOk(openInstallation(folder, source, clock));
}

export function sampleSubjects(
  installation: Installation,
  dataFolder: string,
  clock: Clock,
  changes: Partial<InstalledSubjectsParts> = {},
) {
  return createInstalledSubjects({
    installation,
    dataFolder,
    clock,
    forgetFace: () => undefined,
    onErased: () => undefined,
    ...changes,
  });
}

export function samplePicture(): Uint8Array {
  return new Uint8Array(Buffer.concat([PICTURE_MARK, randomBytes(2_000)]));
}

/**
 * Keeps something of the sample subject in every vault: two records with pictures, the second one with a question that
 * waits, a face for the customer, a request with inputs and a result; and a record with a picture of somebody else.
 */
export async function keepSampleSubject(installation: Installation, folder: string): Promise<void> {
  const { database, audit, keys, records, vault, materials } = installation;
  const common = { database, audit, randomBytes: (length: number) => new Uint8Array(randomBytes(length)) };
  const part = () => [{ name: 'face.jpg', bytes: samplePicture() }];
  for (const number of [1, 2, 3]) {
    const subjectKey = number === 3 ? OTHER_SUBJECT : SAMPLE_SUBJECT;
    const record = sampleRecord(number, 'ok.matched', {
      subject: { nameMasked: '样*人', numberMasked: '110***********002X', subjectKey },
    });
    if (number === 2) {
      const face = { ...sampleMaterials().face!, bytes: samplePicture() };
      expectOk(await materials.keep(record.certifyId, { ...sampleMaterials(), face }, END_MS));
    }
    expectOk(records.commit(record, number === 2 ? { check: sampleCheck(2) } : {}));
    expectOk(await vault.keep(record.certifyId, 'best-frames', part(), END_MS));
  }
  const faces = createFaceReturnPictures({
    ...common,
    wrappingKey: keys.faceReturn,
    folder: join(folder, FACE_RETURNS_FOLDER_NAME),
  });
  expectOk(await faces.keep(sampleCertifyId(1), samplePicture(), END_MS));
  database
    .prepare(
      `INSERT INTO face_returns (certify_id, sha256, bytes, state, attempts, queued_at_ms)
       VALUES (?, ?, 2028, 'queued', 0, 0)`,
    )
    .run(sampleCertifyId(1), 'e'.repeat(64));
  const requestId = uuid();
  database
    .prepare(
      `INSERT INTO requests (request_id, token_hash, scene_id, scheme, scheme_hash, order_id, state, inputs, subject_key,
                             created_at_ms, expires_at_ms)
       VALUES (?, 'hash', 'counter', 'RPMin', 'hash', 'order-1', 'waiting', '["face"]', ?, 0, 1)`,
    )
    .run(requestId, SAMPLE_SUBJECT);
  const inputs = createRequestInputStore({
    ...common,
    wrappingKey: keys.requests,
    folder: join(folder, REQUESTS_FOLDER_NAME),
  });
  expectOk(await inputs.keep(requestId, { name: '样例人' }, END_MS));
  const results = createResultMaterials({
    ...common,
    wrappingKey: keys.requests,
    folder: join(folder, RESULTS_FOLDER_NAME),
  });
  expectOk(await results.keep(sampleCertifyId(2), part(), END_MS));
}

/** Names of all files under a folder, relative to it. */
export function filesUnder(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(folder, name)).isFile(),
  );
}

/** Whether some file under the folder holds these bytes as they are. */
export function holdsBytes(folder: string, bytes: Buffer): boolean {
  return filesUnder(folder).some((name) => readFileSync(join(folder, name)).includes(bytes));
}
