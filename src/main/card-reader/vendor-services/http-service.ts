import type { Failure } from '../../../shared/reasons.ts';
import { ok, type Result } from '../../../shared/result.ts';
import type { Timing } from '../timing.ts';
import type { HttpDialect, Question } from './http-dialect.ts';
import { httpExchange, type ServiceExchange } from './http-exchange.ts';
import { checkListening } from './loopback.ts';
import type { ServiceIdentity, ServiceReading, VendorService } from './vendor-service.ts';

export const CONNECT_TIMEOUT_MS = 1_000;
const NOT_FOUND = 'HTTP status 404';

/** A service that is called over HTTP, in one of the dialects. */
export class HttpService implements VendorService {
  readonly tellsPresence = false;
  readonly #dialect: HttpDialect;
  readonly #address: URL;
  readonly #timing: Timing;
  readonly #exchange: ServiceExchange;
  #older = false;
  #prepared = false;

  constructor(dialect: HttpDialect, address: URL, timing: Timing) {
    this.#dialect = dialect;
    this.#address = address;
    this.#timing = timing;
    this.#exchange = httpExchange(address, timing);
  }

  get emptyAfterMs(): number | null {
    return this.#dialect.emptyAfterMs;
  }

  open(): Promise<Result<void, Failure>> {
    return checkListening(this.#address, this.#timing, CONNECT_TIMEOUT_MS);
  }

  async identify(signal: AbortSignal): Promise<Result<ServiceIdentity, Failure>> {
    const { label, prepare, status, version, samId } = this.#dialect;
    if (prepare) {
      const prepared = await this.#prepare(prepare, signal);
      if (!prepared.ok) return prepared;
    }
    if (status) {
      const there = await this.#ask(status, signal);
      if (!there.ok) return there;
    }
    const versionSaid = version ? await this.#ask(version, signal) : ok(null);
    if (!versionSaid.ok) return versionSaid;
    // Not every version of a service tells the module's id, and cards are read without it.
    const id = samId ? await this.#ask(samId, signal) : ok(null);
    const service = versionSaid.value === null ? label : `${label} ${versionSaid.value}`;
    return ok({ samId: id.ok ? id.value : null, service });
  }

  checkStatus(signal: AbortSignal, thorough: boolean): Promise<Result<void, Failure>> {
    const { prepare, status } = this.#dialect;
    if (thorough && prepare) return this.#prepare(prepare, signal);
    if (status) return this.#ask(status, signal);
    return checkListening(this.#address, this.#timing, CONNECT_TIMEOUT_MS);
  }

  async read(signal: AbortSignal): Promise<Result<ServiceReading, Failure>> {
    const { read, olderRead } = this.#dialect;
    if (this.#older && olderRead) return this.#ask(olderRead, signal);
    const reading = await this.#ask(read, signal);
    if (reading.ok || reading.error.detail !== NOT_FOUND || !olderRead) return reading;
    this.#older = true;
    return this.#ask(olderRead, signal);
  }

  async close(): Promise<void> {
    const { close } = this.#dialect;
    if (!this.#prepared || !close) return;
    this.#prepared = false;
    await this.#exchange(close, new AbortController().signal);
  }

  async #prepare(prepare: Question<void>, signal: AbortSignal): Promise<Result<void, Failure>> {
    // Even when the answer is lost, the service may have opened the device.
    this.#prepared = true;
    return this.#ask(prepare, signal);
  }

  async #ask<T>(question: Question<T>, signal: AbortSignal): Promise<Result<T, Failure>> {
    const answer = await this.#exchange(question.call, signal);
    return answer.ok ? question.parse(answer.value) : answer;
  }
}
