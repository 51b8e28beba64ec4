import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../../shared/clock.ts';
import type { FaceReturn } from '../../shared/domain/face-return.ts';
import type { FaceReturnStatus } from '../../shared/ipc/admin-schemes.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { FaceReturnDesk } from '../certification/ports/face-return-desk.ts';
import type { BucketKeys } from '../face-return/bucket-address.ts';
import { createFaceSender, FACE_RETURN_LIFETIME_MS, type OpenedDestination } from '../face-return/face-sender.ts';
import { faceObjectName, testObjectName } from '../face-return/object-name.ts';
import {
  destinationProblem,
  openDestination,
  prefixOf,
  type DestinationParts,
} from '../face-return/open-destination.ts';
import type { VerifierPicture } from '../inference/verifier-picture.ts';
import type { SettingsStore } from '../settings/settings.ts';
import type { FaceReturnPictures } from '../store/face-return-pictures.ts';
import type { FaceReturnRows } from '../store/face-return-rows.ts';
import type { SecretRows } from '../store/secret-rows.ts';
import { backoffMs } from '../sync/backoff.ts';
import { ossV4Headers } from '../verifiers/aliyun/oss-v4-signature.ts';
import { sendToVendor } from '../verifiers/vendor-exchange.ts';

const KEYS = 'face-return-keys';
const keysSchema = z.strictObject({ id: z.string().min(1), secret: z.string().min(1) });

export interface FaceReturnParts {
  readonly settings: Pick<SettingsStore, 'read' | 'write'>;
  /** Rows of the encrypted database, whose key the operating system's vault keeps. */
  readonly secrets: Pick<SecretRows, 'read' | 'replace'>;
  readonly rows: FaceReturnRows;
  readonly pictures: FaceReturnPictures;
  /** The best picture of a capture, cut as verifiers take it. */
  readonly bestPicture: (certifyId: string) => Promise<Result<VerifierPicture, Failure>>;
  readonly clock: Clock;
  readonly randomBytes: (length: number) => Uint8Array;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly startTimer: (run: () => void, delayMs: number) => () => void;
  readonly log: (event: string, failure: Failure) => void;
}

/** Face pictures on their way to the customer's own store. */
export interface FaceReturnService {
  readonly desk: FaceReturnDesk;
  status(): Result<FaceReturnStatus, Failure>;
  /** @param keys undefined leaves those that are kept, as long as the destination is the same bucket */
  save(destination: FaceReturn | null, keys: BucketKeys | undefined): Result<FaceReturnStatus, Failure>;
  /** Writes a small object and removes it again. */
  tryOut(): Promise<Result<{ readonly tookMs: number }, Failure>>;
  /** Nothing more is kept of this certification for the customer; what was sent is the customer's. */
  erase(certifyId: string): Promise<Result<boolean, Failure>>;
  /** Before anything is captured: removes what an interrupted run left, and begins to send. */
  start(): Promise<Result<null, Failure>>;
  /** Sends now what waits. */
  kick(): void;
  stop(): Promise<void>;
}

/**
 * Nothing goes out before `start`. The destination is read with each try; what it doesn't take is destroyed after
 * `FACE_RETURN_LIFETIME_MS`.
 */
export function createFaceReturnService(parts: FaceReturnParts): FaceReturnService {
  const { settings, secrets, rows, pictures, clock } = parts;
  const sender = createFaceSender({
    ...parts,
    queue: rows,
    faces: pictures,
    destination: () => openedDestination(parts),
    backoffMs: (failures) => backoffMs(failures, parts.random()),
  });
  const status = (): Result<FaceReturnStatus, Failure> => readFaceReturnStatus(parts, rows.load());
  return {
    desk: {
      ready: () => {
        const opened = openedDestination(parts);
        return opened.ok && opened.value !== null;
      },
      prepare: (certifyId) => prepare(parts, certifyId),
      discard: async (certifyId) => {
        const gone = await pictures.destroy(certifyId, 'not-kept');
        if (!gone.ok) parts.log('face-return', gone.error);
      },
    },
    status,
    save: (destination, keys) => {
      const saved = save(settings, secrets, destination, keys);
      if (!saved.ok) return saved;
      sender.kick();
      return status();
    },
    tryOut: () => tryFaceReturn(parts, clock),
    erase: async (certifyId) => {
      const stopped = rows.stop(certifyId, 'erased');
      return stopped.ok ? pictures.destroy(certifyId, 'erased') : stopped;
    },
    start: async () => {
      const swept = await pictures.sweepOrphans();
      sender.start();
      return swept.ok ? ok(null) : swept;
    },
    kick: () => sender.kick(),
    stop: () => sender.stop(),
  };
}

async function prepare(
  { bestPicture, pictures, clock }: FaceReturnParts,
  certifyId: string,
): ReturnType<FaceReturnDesk['prepare']> {
  const best = await bestPicture(certifyId);
  if (!best.ok) return best;
  const { jpeg } = best.value;
  const sha256 = createHash('sha256').update(jpeg).digest('hex');
  const kept = await pictures.keep(certifyId, jpeg, clock.wallMs() + FACE_RETURN_LIFETIME_MS);
  const bytes = jpeg.length;
  jpeg.fill(0);
  return kept.ok ? ok({ sha256, bytes }) : kept;
}

type SettingParts = Pick<FaceReturnParts, 'clock' | 'randomBytes'> & {
  readonly settings: Pick<SettingsStore, 'read'>;
  readonly secrets: Pick<SecretRows, 'read'>;
};

/** Null where no destination is set up; fails where one is and can't be used. */
function openedDestination(parts: SettingParts): Result<OpenedDestination | null, Failure> {
  const setting = parts.settings.read('face-return');
  if (!setting.ok) return setting;
  const { value } = setting;
  if (value === null) return ok(null);
  const keys = keptKeys(parts.secrets);
  if (!keys.ok) return keys;
  const destination = openDestination(value, keys.value, destinationParts(parts));
  if (!destination.ok) return destination;
  const nameOf = ({ day, certifyId }: { readonly day: string; readonly certifyId: string }) =>
    faceObjectName(prefixOf(value), day, certifyId);
  return ok({ destination: destination.value, nameOf });
}

function destinationParts({ clock, randomBytes }: SettingParts): DestinationParts {
  const randomName = (): string => Buffer.from(randomBytes(8)).toString('hex');
  return { clock, send: sendToVendor, signForOss: ossV4Headers, randomName };
}

function keptKeys(secrets: Pick<SecretRows, 'read'>): Result<BucketKeys | null, Failure> {
  const kept = secrets.read(KEYS);
  if (!kept.ok || kept.value === null) return kept as Result<null, Failure>;
  const parsed = keysSchema.safeParse(parseJson(kept.value));
  return parsed.success ? ok(parsed.data) : err(failure('store.corrupt', 'keys of the customer’s store'));
}

/** Where pictures go, whether there are keys (never which), and how many wait. */
export function readFaceReturnStatus(
  { settings, secrets }: Pick<SettingParts, 'settings' | 'secrets'>,
  load: ReturnType<FaceReturnRows['load']>,
): Result<FaceReturnStatus, Failure> {
  const destination = settings.read('face-return');
  if (!destination.ok) return destination;
  if (!load.ok) return load;
  // Keys that can't be read can still be replaced.
  const keys = keptKeys(secrets);
  const { waiting, sent, lastFailure } = load.value;
  return ok({ destination: destination.value, hasKeys: keys.ok && keys.value !== null, waiting, sent, lastFailure });
}

/** Writes a small object to the destination that is set up and removes it again. */
export async function tryFaceReturn(
  parts: SettingParts,
  clock: Pick<Clock, 'monotonicMs'>,
): Promise<Result<{ readonly tookMs: number }, Failure>> {
  const setting = parts.settings.read('face-return');
  if (!setting.ok) return setting;
  if (setting.value === null) return err(failure('request.invalid', 'no destination is set up'));
  const opened = openedDestination(parts);
  if (!opened.ok || opened.value === null) return opened as Result<never, Failure>;
  const { destination } = opened.value;
  const bytes = new TextEncoder().encode('Countersign writes and removes this to try its keys.\n');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const random = Buffer.from(parts.randomBytes(8)).toString('hex');
  const name = testObjectName(prefixOf(setting.value), random);
  const startedMs = clock.monotonicMs();
  const put = await destination.put({ name, bytes, sha256, type: 'text/plain' }, { again: false });
  if (!put.ok) return put;
  const removed = await destination.remove(name);
  return removed.ok ? ok({ tookMs: Math.round(clock.monotonicMs() - startedMs) }) : removed;
}

function save(
  settings: FaceReturnParts['settings'],
  secrets: FaceReturnParts['secrets'],
  destination: FaceReturn | null,
  keys: BucketKeys | undefined,
): Result<unknown, Failure> {
  const problem = destination && destinationProblem(destination);
  if (problem) return err(problem);
  const before = settings.read('face-return');
  if (!before.ok) return before;
  // Another bucket must never be signed to with keys that were meant for the one before.
  if (bucketOf(before.value) !== bucketOf(destination)) {
    const removed = secrets.replace(KEYS, null);
    if (!removed.ok) return removed;
  }
  const written = settings.write('face-return', destination);
  if (!written.ok || keys === undefined) return written;
  return secrets.replace(KEYS, Buffer.from(JSON.stringify(keys), 'utf8'));
}

function bucketOf(destination: FaceReturn | null): string {
  if (destination === null || destination.kind === 'folder') return '';
  return `${destination.kind} ${destination.endpoint} ${destination.bucket}`;
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
