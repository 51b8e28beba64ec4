import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createFaceReturnService, type FaceReturnService } from '../../src/main/composition/face-return-desk.ts';
import { createSettingsStore, type SettingsStore } from '../../src/main/settings/settings.ts';
import { createFaceReturnPictures, FACE_RETURNS_FOLDER_NAME } from '../../src/main/store/face-return-pictures.ts';
import { createFaceReturnRows, type FaceReturnRows } from '../../src/main/store/face-return-rows.ts';
import type { Clock } from '../../src/shared/clock.ts';
import type { Failure } from '../../src/shared/reasons.ts';
import { ok } from '../../src/shared/result.ts';
import { sampleCertifyId, sampleRecord } from './sample-records.ts';
import { expectOk, openSampleStore, type SampleStore } from './sample-store.ts';

export interface FaceReturnBench {
  readonly store: SampleStore;
  readonly settings: SettingsStore;
  readonly rows: FaceReturnRows;
  readonly service: FaceReturnService;
  readonly logged: string[];
  /** Prepares and commits a certification whose face is returned; gives the picture's SHA-256 as the record names it. */
  certify(number: number): Promise<string>;
  /** What is still kept of pictures: names of folders, and how many keys. */
  left(): { readonly folders: readonly string[]; readonly keys: number };
  audited(): readonly string[];
}

/** The picture that a certification's capture gives; there is no face in it. */
export function samplePicture(number: number): Uint8Array {
  return Uint8Array.from({ length: 40_000 }, (_, at) => (at * (number + 3)) % 251);
}

/** The service over a real store, with waits of 20 ms at most. */
export function faceReturnBench(
  folder: string,
  clock: Clock,
  wrap: (rows: FaceReturnRows) => FaceReturnRows = (rows) => rows,
): FaceReturnBench {
  const store = openSampleStore(folder, { clock });
  const settings = createSettingsStore(store.settingRows);
  const rows = wrap(createFaceReturnRows(store.database, store.audit));
  const logged: string[] = [];
  const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length));
  const place = join(folder, FACE_RETURNS_FOLDER_NAME);
  const { database, audit } = store;
  const wrappingKey = store.keys.faceReturn;
  const pictures = createFaceReturnPictures({ database, audit, wrappingKey, randomBytes: random, folder: place });
  const service = createFaceReturnService({
    settings,
    secrets: store.secretRows,
    rows,
    pictures,
    bestPicture: async (certifyId) => ok({ jpeg: samplePicture(numberOf(certifyId)), width: 480, height: 640 }),
    clock,
    randomBytes: random,
    random: () => 0.5,
    startTimer: (run, delayMs) => {
      const timer = setTimeout(run, Math.min(delayMs, 20));
      return () => clearTimeout(timer);
    },
    log: (event: string, { code }: Failure) => void logged.push(`${event} ${code}`),
  });
  return {
    store,
    settings,
    rows,
    service,
    logged,
    certify: async (number) => {
      const faceReturn = expectOk(await service.desk.prepare(sampleCertifyId(number)));
      expectOk(store.records.commit(sampleRecord(number, 'ok.matched', { returnedFace: faceReturn }), { faceReturn }));
      return faceReturn.sha256;
    },
    left: () => ({
      folders: existsSync(place) ? readdirSync(place) : [],
      keys: store.database.prepare<[], number>('SELECT count(*) FROM face_return_keys').pluck().get() ?? -1,
    }),
    audited: () =>
      store.database
        .prepare<[], string>('SELECT entry FROM audit ORDER BY seq')
        .pluck()
        .all()
        .map((entry) => JSON.parse(entry) as { kind: string; detail: { why?: string } })
        .filter(({ kind }) => kind.startsWith('face-return.'))
        .map(({ kind, detail }) => (detail.why === undefined ? kind : `${kind} ${detail.why}`)),
  };
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function numberOf(certifyId: string): number {
  return Number.parseInt(certifyId.slice(-12), 16);
}

/** Waits until something holds, ten seconds at most. */
export async function until(holds: () => boolean): Promise<void> {
  const endMs = performance.now() + 10_000;
  while (!holds()) {
    if (performance.now() > endMs) throw new Error('it never came');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
