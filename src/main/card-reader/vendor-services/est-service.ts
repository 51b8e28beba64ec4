import type { Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Timing } from '../timing.ts';
import { checkedAnswer } from './answer-fields.ts';
import { EST_COMMANDS, EST_LABEL, estAnswerSchema, parseEstReading, parseEstSamId, parseEstVersion } from './est.ts';
import { READ_TIMEOUT_MS, STATUS_TIMEOUT_MS } from './http-dialect.ts';
import { serviceMissing } from './service-failures.ts';
import { SocketLine } from './socket-line.ts';
import type { ServiceIdentity, ServiceReading, VendorService } from './vendor-service.ts';

/**
 * The EST service over its web socket. Its automatic mode isn't used: cards would be read while nobody waits for one,
 * and asking gives the card again as long as it lies there, and says when it doesn't.
 */
export class EstService implements VendorService {
  readonly tellsPresence = true;
  readonly emptyAfterMs = null;
  readonly #address: URL;
  readonly #timing: Timing;
  #line: SocketLine | null = null;
  #onLost: () => void = () => undefined;
  #closed = false;

  constructor(address: URL, timing: Timing) {
    this.#address = address;
    this.#timing = timing;
  }

  async open(onLost: () => void): Promise<Result<void, Failure>> {
    this.#onLost = onLost;
    const line = await this.#connected();
    return line.ok ? ok(undefined) : line;
  }

  async identify(signal: AbortSignal): Promise<Result<ServiceIdentity, Failure>> {
    const version = await this.#ask(EST_COMMANDS.version, STATUS_TIMEOUT_MS, signal, parseEstVersion);
    if (!version.ok) return version;
    const samId = await this.#ask(EST_COMMANDS.samId, STATUS_TIMEOUT_MS, signal, parseEstSamId);
    const service = version.value === null ? EST_LABEL : `${EST_LABEL} ${version.value}`;
    return ok({ samId: samId.ok ? samId.value : null, service });
  }

  async checkStatus(signal: AbortSignal): Promise<Result<void, Failure>> {
    const version = await this.#ask(EST_COMMANDS.version, STATUS_TIMEOUT_MS, signal, parseEstVersion);
    return version.ok ? ok(undefined) : version;
  }

  read(signal: AbortSignal): Promise<Result<ServiceReading, Failure>> {
    return this.#ask(EST_COMMANDS.read, READ_TIMEOUT_MS, signal, parseEstReading);
  }

  async close(): Promise<void> {
    this.#line?.tell(EST_COMMANDS.stop);
    this.hangUp();
  }

  /** Ends the connection without a word: another program may have cards read. */
  hangUp(): void {
    this.#closed = true;
    this.#line?.hangUp();
    this.#line = null;
  }

  /** The line, made anew when the last one was given up with an answer outstanding. */
  async #connected(): Promise<Result<SocketLine, Failure>> {
    if (this.#line && !this.#line.closed) return ok(this.#line);
    const line = await SocketLine.connect(this.#address, this.#timing, () => this.#onLost());
    if (line.ok && this.#closed) {
      line.value.hangUp();
      return err(serviceMissing('closed'));
    }
    if (line.ok) this.#line = line.value;
    return line;
  }

  async #ask<T>(
    command: string,
    timeoutMs: number,
    signal: AbortSignal,
    parse: (answer: unknown) => Result<T, Failure>,
  ): Promise<Result<T, Failure>> {
    const line = await this.#connected();
    if (!line.ok) return line;
    const answer = await line.value.ask({ command, timeoutMs, isAnswer: (given) => isAbout(given, command) }, signal);
    return answer.ok ? parse(answer.value) : answer;
  }
}

/** A message without a proper `fun` counts as the answer too, so that another version is noticed, not waited for. */
function isAbout(message: unknown, command: string): boolean {
  const named = checkedAnswer(estAnswerSchema.pick({ fun: true }), message);
  return !named.ok || named.value.fun === command;
}
