import { spawn } from 'node:child_process';
import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Timing } from '../timing.ts';
import { decodeMessage, HelperAnswers, loadMessage, type HelperAnswer } from './helper-protocol.ts';
import { DECODE_LIMIT_MS, LOAD_LIMIT_MS, type PhotoProcess } from './photo-process.ts';

type Settle = (answer: Result<HelperAnswer, Failure>) => void;

/**
 * A photo process that is the native helper program, for libraries of another word size than this program.
 *
 * @param path the helper's file.
 */
export function helperPhotoProcess(path: string, { setTimer }: Timing): PhotoProcess {
  const child = spawn(path, [], { stdio: ['pipe', 'pipe', 'ignore'], windowsHide: true, shell: false });
  const answers = new HelperAnswers();
  let waiting: Settle | null = null;
  let end: Failure | null = null;
  let whenGone: () => void = () => undefined;
  const gone = new Promise<void>((resolve) => (whenGone = resolve));
  const settle: Settle = (answer) => {
    const waited = waiting;
    waiting = null;
    waited?.(answer);
  };
  const finish = (reason: Failure): void => {
    end ??= reason;
    settle(err(end));
    whenGone();
  };
  child.on('error', () => finish(failure('decoder.missing', 'the helper program can not be started')));
  child.on('exit', () => finish(failure('decoder.crashed')));
  // A helper that is already gone is reported by 'exit'.
  child.stdin.on('error', () => undefined);
  child.stdout.on('data', (chunk: Buffer) => {
    const parsed = answers.push(chunk);
    if (!parsed.ok) settle(parsed);
    else for (const answer of parsed.value) settle(ok(answer));
  });

  const ask = (message: Uint8Array, limitMs: number): Promise<Result<HelperAnswer, Failure>> => {
    if (end) return Promise.resolve(err(end));
    return new Promise((resolve) => {
      const cancel = setTimer(() => settle(err(failure('decoder.timed-out', `after ${limitMs} ms`))), limitMs);
      waiting = (answer) => {
        cancel();
        resolve(answer);
      };
      child.stdin.write(message);
    });
  };
  return {
    load: async (request) => {
      const answer = await ask(loadMessage(request), LOAD_LIMIT_MS);
      if (!answer.ok) return answer;
      return answer.value.kind === 'loaded' ? ok(undefined) : err(failureOf(answer.value));
    },
    decode: async (block) => {
      const answer = await ask(decodeMessage(block), DECODE_LIMIT_MS);
      if (!answer.ok) return answer;
      return answer.value.kind === 'picture' ? ok(answer.value.picture) : err(failureOf(answer.value));
    },
    get ended() {
      return end !== null;
    },
    end: async () => {
      if (!end) child.kill('SIGKILL');
      await gone;
    },
  };
}

function failureOf(answer: HelperAnswer): Failure {
  return answer.kind === 'failed' ? answer.failure : failure('decoder.unfit', `the helper program said ${answer.kind}`);
}
