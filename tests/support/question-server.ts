import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { sendToVendor } from '../../src/main/verifiers/vendor-exchange.ts';
import { systemClock } from '../../src/shared/clock.ts';
import { parseAdapters } from '../../src/verifier/adapters/configuration.ts';
import { openAdapters } from '../../src/verifier/adapters/open-adapters.ts';
import { openVerifierDatabase } from '../../src/verifier/storage/open-database.ts';
import { openFolderObjectStore } from '../../src/verifier/storage/folder-object-store.ts';
import { NODE_24 } from './source-verifier.ts';
import { startSessionVerifier, type SessionVerifier, type SessionVerifierOptions } from './session-verifier.ts';

/** Account of the fake vendors. */
export const FAKE_ACCOUNT = { accessKeyId: 'AKIDfake', secretAccessKey: 'fake-secret' } as const;

export interface QuestionServerOptions {
  readonly folder: string;
  readonly database: string | null;
  /** The file of adapters. */
  readonly adapters: unknown;
  readonly leaseMs: number;
}

/** A verifier whose adapters are made from a configuration, as an operator's is. */
export async function startQuestionServer(
  options: QuestionServerOptions & Pick<SessionVerifierOptions, 'clock' | 'bounds'>,
): Promise<SessionVerifier> {
  const parsed = parseAdapters(options.adapters, {
    COUNTERSIGN_TENCENT_SECRET_ID: FAKE_ACCOUNT.accessKeyId,
    COUNTERSIGN_TENCENT_SECRET_KEY: FAKE_ACCOUNT.secretAccessKey,
    COUNTERSIGN_ALIYUN_ACCESS_KEY_ID: FAKE_ACCOUNT.accessKeyId,
    COUNTERSIGN_ALIYUN_ACCESS_KEY_SECRET: FAKE_ACCOUNT.secretAccessKey,
  });
  if (!parsed.ok) throw new Error(parsed.error);
  const database = await openVerifierDatabase(options.folder, options.database);
  const { checks } = await openAdapters(parsed.value, {
    database,
    objects: await openFolderObjectStore(`${options.folder}/objects`),
    masterKey: Buffer.alloc(32, 7),
    clock: systemClock,
    vendors: { send: sendToVendor, clock: systemClock, randomBytes },
    modelsFolder: 'models',
  });
  const verifier = await startSessionVerifier({ ...options, checks });
  return { ...verifier, close: () => verifier.close().then(() => database.close()) };
}

export interface QuestionServerProcess {
  readonly address: string;
  readonly code: string;
  /** SIGKILL. */
  kill(): Promise<void>;
}

/** The same as a process of its own, to be killed. */
export async function forkQuestionServer(options: QuestionServerOptions): Promise<QuestionServerProcess> {
  const child = spawn(NODE_24, [join(import.meta.dirname, 'question-server-process.ts'), JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const { address, code } = JSON.parse(line) as { address: string; code: string };
  return {
    address,
    code,
    kill: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}
