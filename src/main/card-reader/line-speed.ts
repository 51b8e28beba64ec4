import { BAUD_RATES, type BaudRate } from '../../shared/domain/reader-transport.ts';
import { failure, type Failure } from '../../shared/reasons.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { CommandLink, LinkTrouble } from './command-link.ts';
import { RESET_SAM, SAM_STATUS, setBaud, type Command } from './commands.ts';
import { STATUS } from './status-codes.ts';
import { pause, type Timing } from './timing.ts';
import type { LineSpeed } from './transports/transport.ts';

/** A module answers its status in a few milliseconds; at 9,600 baud the frames take 22 ms on top. */
export const PROBE_MS = 350;
/** A module that is stuck gets more time to come back from its reset. */
export const RESET_PROBE_MS = 1000;
/** From a module's consent to its new speed (GA 450). */
const SPEED_CHANGE_MS = 5;
const FASTEST = BAUD_RATES[0];

/**
 * Finds the speed at which a reader answers, from the fastest on, and leaves the line at it. A second round resets a
 * module that may be stuck.
 *
 * Fails with `reader.no-answer` when no speed gives an answer, with `reader.wrong-speed` when bytes came but at no speed
 * a reply, and as the line does when it goes away.
 */
export async function findLineSpeed(link: CommandLink, speed: LineSpeed): Promise<Result<void, Failure>> {
  let garbage = false;
  for (const [command, timeoutMs] of [
    [SAM_STATUS, PROBE_MS],
    [RESET_SAM, RESET_PROBE_MS],
  ] as const) {
    for (const baud of BAUD_RATES) {
      const answer = await probe(link, speed, baud, command, timeoutMs);
      if (answer.ok) return ok(undefined);
      if (answer.error.kind === 'closed') return err(answer.error.failure);
      garbage ||= answer.error.garbage;
    }
  }
  await speed.set(FASTEST);
  if (garbage) return err(failure('reader.wrong-speed', 'what arrives is no reply at any speed'));
  return err(failure('reader.no-answer', `no answer at ${BAUD_RATES.join(', ')} baud`));
}

/**
 * Raises the line to the fastest speed: the reader agrees at the old one, changes, and has to answer at the new one.
 * Where it doesn't, the speed at which it answers is looked for again, so this only fails as `findLineSpeed` does.
 */
export async function raiseLineSpeed(
  link: CommandLink,
  speed: LineSpeed,
  timing: Timing,
): Promise<Result<void, Failure>> {
  if (speed.baud === FASTEST) return ok(undefined);
  const agreed = await link.send(setBaud(FASTEST));
  if (!agreed.ok && agreed.error.kind === 'closed') return err(agreed.error.failure);
  if (agreed.ok && agreed.value.status !== STATUS.ok) return ok(undefined);
  await pause(timing, SPEED_CHANGE_MS);
  for (let attempt = 0; attempt < 2; attempt++) {
    const answer = await probe(link, speed, FASTEST, SAM_STATUS, PROBE_MS);
    if (answer.ok) return ok(undefined);
    if (answer.error.kind === 'closed') return err(answer.error.failure);
  }
  return findLineSpeed(link, speed);
}

/**
 * Why nothing answers at a fixed speed: `reader.wrong-speed` when a reader answers at another one, or when bytes came
 * that are no reply; otherwise `trouble` itself. The line keeps its speed.
 */
export async function explainSilence(link: CommandLink, trouble: LinkTrouble): Promise<Failure> {
  const { speed } = link;
  if (!speed || trouble.kind === 'closed') return trouble.failure;
  const fixed = speed.baud;
  const answering = await otherSpeed(link, speed, fixed);
  await speed.set(fixed);
  if (answering !== null)
    return failure('reader.wrong-speed', `a reader answers at ${answering} baud, not at ${fixed}`);
  return trouble.garbage ? failure('reader.wrong-speed', `what arrives at ${fixed} baud is no reply`) : trouble.failure;
}

async function otherSpeed(link: CommandLink, speed: LineSpeed, fixed: number): Promise<BaudRate | null> {
  for (const baud of BAUD_RATES) {
    if (baud === fixed) continue;
    const answer = await probe(link, speed, baud, SAM_STATUS, PROBE_MS);
    if (answer.ok) return baud;
    if (answer.error.kind === 'closed') return null;
  }
  return null;
}

/** Any status counts: a module that reports a fault answers all the same. */
async function probe(
  link: CommandLink,
  speed: LineSpeed,
  baud: BaudRate,
  command: Command,
  timeoutMs: number,
): Promise<Result<void, LinkTrouble>> {
  if (speed.baud !== baud) {
    const set = await speed.set(baud);
    // A port that can't do this speed may do another.
    if (!set.ok) return err({ kind: 'no-answer', failure: set.error, garbage: false });
  }
  const answer = await link.send(command, timeoutMs);
  return answer.ok ? ok(undefined) : answer;
}
