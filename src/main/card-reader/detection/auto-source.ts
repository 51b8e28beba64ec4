import type { IdentityDocument } from '../../../shared/domain/document.ts';
import type { ReaderCandidate, ReaderIdentity } from '../../../shared/domain/reader-diagnosis.ts';
import type { ReaderTransport } from '../../../shared/domain/reader-transport.ts';
import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { CardSource } from '../card-source.ts';
import type { CardPresence, CardProgress } from '../contract.ts';
import type { AutoChoice } from './auto-choice.ts';

export interface AutoSourceOptions {
  /** Shared by all sources of one setup: it knows which reader was found before. */
  readonly choice: Pick<AutoChoice, 'find'>;
  readonly createSource: (transport: ReaderTransport) => Result<CardSource, Failure>;
  /** Whether the system still lists it, asked at every heartbeat; true where that can't be told. */
  readonly isThere: (candidate: ReaderCandidate) => Promise<boolean>;
}

const NOT_OPEN = failure('reader.missing', 'no reader was found yet');

/** The source for transport `auto`: the single reader that answers. Fails as `AutoChoice.find` and that reader do. */
export function autoSource(options: AutoSourceOptions): CardSource {
  return new AutoSource(options);
}

class AutoSource implements CardSource {
  readonly #options: AutoSourceOptions;
  readonly #searching = new AbortController();
  #found: { readonly source: CardSource; readonly candidate: ReaderCandidate } | null = null;

  constructor(options: AutoSourceOptions) {
    this.#options = options;
  }

  async open(onLost: () => void = () => undefined): Promise<Result<void, Failure>> {
    const { signal } = this.#searching;
    const chosen = await this.#options.choice.find(signal);
    if (!chosen.ok) return chosen;
    if (signal.aborted) return err(NOT_OPEN);
    const source = this.#options.createSource(chosen.value.transport);
    if (!source.ok) return source;
    this.#found = { source: source.value, candidate: chosen.value };
    return source.value.open(onLost);
  }

  async identify(): Promise<Result<ReaderIdentity, Failure>> {
    return this.#found ? this.#found.source.identify() : err(NOT_OPEN);
  }

  async checkStatus(): Promise<Result<void, Failure>> {
    if (!this.#found) return err(NOT_OPEN);
    const { candidate, source } = this.#found;
    if (!(await this.#options.isThere(candidate))) return err(failure('reader.missing', 'the reader was taken away'));
    return source.checkStatus();
  }

  async waitForCard(
    signal: AbortSignal,
    onProgress?: (progress: CardProgress) => void,
  ): Promise<Result<IdentityDocument, Failure>> {
    return this.#found ? this.#found.source.waitForCard(signal, onProgress) : err(NOT_OPEN);
  }

  async presence(): Promise<Result<CardPresence, Failure>> {
    return this.#found ? this.#found.source.presence() : err(NOT_OPEN);
  }

  async close(): Promise<void> {
    this.#searching.abort();
    await this.#found?.source.close();
  }
}

/** The way to the reader that `auto` means now; any other transport as it is. */
export async function resolveTransport(
  transport: ReaderTransport,
  choice: Pick<AutoChoice, 'find'>,
  signal: AbortSignal,
): Promise<Result<ReaderTransport, Failure>> {
  if (transport.kind !== 'auto') return ok(transport);
  const found = await choice.find(signal);
  return found.ok ? ok(found.value.transport) : found;
}
