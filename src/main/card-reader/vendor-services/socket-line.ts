import type { Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Timing } from '../timing.ts';
import { MAX_ANSWER_BYTES } from './http-exchange.ts';
import { checkListening } from './loopback.ts';
import { serviceMalformed, serviceMissing, serviceSlow } from './service-failures.ts';
import { parseServiceJson } from './service-text.ts';

const CONNECT_TIMEOUT_MS = 1_000;
const HANDSHAKE_TIMEOUT_MS = 3_000;

/** A question over a web socket; `isAnswer` tells its answer from what belongs to something else. */
export interface SocketQuestion {
  readonly command: string;
  readonly isAnswer: (message: unknown) => boolean;
  readonly timeoutMs: number;
}

/** One web socket to a service, for one question at a time. Once broken or hung up it stays so. */
export class SocketLine {
  readonly #socket: WebSocket;
  readonly #timing: Timing;
  #onMessage: (message: Result<unknown, Failure>) => void = () => undefined;
  #closed = false;

  private constructor(socket: WebSocket, timing: Timing, onClosed: () => void) {
    this.#socket = socket;
    this.#timing = timing;
    socket.addEventListener('message', (event) => this.#onMessage(parsed(event.data)));
    // What matters about an error is the 'close' that follows.
    socket.addEventListener('error', () => undefined);
    socket.addEventListener('close', () => {
      const byItself = !this.#closed;
      this.#closed = true;
      this.#onMessage(err(serviceMissing('the service hung up')));
      if (byItself) onClosed();
    });
  }

  /**
   * Connects. Fails with `reader.service-missing`, or with `-malformed` when what listens there is no web socket.
   *
   * @param onClosed called once when the service hangs up.
   */
  static async connect(address: URL, timing: Timing, onClosed: () => void): Promise<Result<SocketLine, Failure>> {
    // The web socket's own connection can't be limited to this machine, so the name is resolved and tried before.
    const listening = await checkListening(address, timing, CONNECT_TIMEOUT_MS);
    if (!listening.ok) return listening;
    const socket = new WebSocket(address);
    const opened = await new Promise<Result<void, Failure>>((resolve) => {
      const cancel = timing.setTimer(() => resolve(err(serviceSlow())), HANDSHAKE_TIMEOUT_MS);
      const finish = (result: Result<void, Failure>): void => {
        cancel();
        resolve(result);
      };
      socket.addEventListener('open', () => finish(ok(undefined)), { once: true });
      socket.addEventListener('error', () => finish(err(serviceMalformed('no web socket'))), { once: true });
      socket.addEventListener('close', () => finish(err(serviceMalformed('no web socket'))), { once: true });
    });
    if (opened.ok) return ok(new SocketLine(socket, timing, onClosed));
    socket.addEventListener('error', () => undefined);
    socket.close();
    return opened;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /**
   * Asks and waits. When the answer doesn't come in time, is malformed, or `signal` is aborted, the line is hung up:
   * answers carry no number, so a late one would be taken for the answer to the next question.
   */
  async ask(question: SocketQuestion, signal: AbortSignal): Promise<Result<unknown, Failure>> {
    if (this.#closed) return err(serviceMissing('the service hung up'));
    const answer = await new Promise<Result<unknown, Failure>>((resolve) => {
      const finish = (result: Result<unknown, Failure>): void => {
        cancelTimer();
        signal.removeEventListener('abort', abandon);
        this.#onMessage = () => undefined;
        resolve(result);
      };
      const abandon = (): void => finish(err(serviceSlow()));
      const cancelTimer = this.#timing.setTimer(abandon, question.timeoutMs);
      this.#onMessage = (message) => {
        if (!message.ok || question.isAnswer(message.value)) finish(message);
      };
      if (signal.aborted) return abandon();
      signal.addEventListener('abort', abandon, { once: true });
      this.#socket.send(question.command);
    });
    if (!answer.ok) this.hangUp();
    return answer;
  }

  /** Says something that wants no answer. */
  tell(command: string): void {
    if (!this.#closed) this.#socket.send(command);
  }

  hangUp(): void {
    this.#closed = true;
    this.#socket.close();
  }
}

function parsed(data: unknown): Result<unknown, Failure> {
  if (typeof data !== 'string') return err(serviceMalformed('a binary message'));
  if (data.length > MAX_ANSWER_BYTES) return err(serviceMalformed('an answer of more than 4 MB'));
  return parseServiceJson(data);
}
