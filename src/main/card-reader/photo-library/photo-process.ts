import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { WorkerProcess } from '../../worker-process/endpoint.ts';
import { callerFor } from '../../worker-process/rpc.ts';
import type { Timing } from '../timing.ts';
import {
  isDecoderCode,
  libraryPictureSchema,
  type LibraryPicture,
  type LoadRequest,
  type PhotoContract,
} from './photo-contract.ts';

/** A process of the operating system and its runtime has to come up, on a kiosk that has just started. */
export const START_LIMIT_MS = 10_000;
export const LOAD_LIMIT_MS = 5_000;
/** Libraries take some 10 to 50 ms; people wait meanwhile. */
export const DECODE_LIMIT_MS = 2_000;

/**
 * One process with one library in it. It doesn't survive `decoder.crashed` and `decoder.timed-out`; its owner ends
 * it after every failure that leaves its memory in doubt.
 */
export interface PhotoProcess {
  /** Fails with a `decoder.` code within START_LIMIT_MS + LOAD_LIMIT_MS. Called once, before anything else. */
  load(request: LoadRequest): Promise<Result<void, Failure>>;
  /** Fails with a `decoder.` code within DECODE_LIMIT_MS. One call at a time. */
  decode(block: Uint8Array): Promise<Result<LibraryPicture, Failure>>;
  readonly ended: boolean;
  /** Kills the process and resolves when it is gone. */
  end(): Promise<void>;
}

/** A photo process that is one of this program's workers, with the library called through koffi. */
export function workerPhotoProcess(start: () => WorkerProcess, { setTimer }: Timing): PhotoProcess {
  const worker = start();
  const caller = callerFor<PhotoContract>(worker, { crashed: 'decoder.crashed', late: 'decoder.timed-out' }, setTimer);
  let ended = false;
  const gone = new Promise<void>((resolve) => {
    worker.onExit(() => {
      ended = true;
      resolve();
    });
  });
  const trusted = (error: Failure): Failure =>
    isDecoderCode(error.code) ? error : failure('decoder.crashed', `the photo process said ${error.code}`);
  return {
    load: async (request) => {
      const hello = await caller.call('hello', null, START_LIMIT_MS);
      const loaded = hello.ok ? await caller.call('load', request, LOAD_LIMIT_MS) : hello;
      return loaded.ok ? ok(undefined) : err(trusted(loaded.error));
    },
    decode: async (block) => {
      const answer = await caller.call('decode', { block }, DECODE_LIMIT_MS);
      if (!answer.ok) return err(trusted(answer.error));
      const picture = libraryPictureSchema.safeParse(answer.value);
      return picture.success ? ok(picture.data) : err(failure('decoder.crashed', 'the photo process spoke nonsense'));
    },
    get ended() {
      return ended;
    },
    end: async () => {
      if (!ended) worker.kill();
      await gone;
    },
  };
}
