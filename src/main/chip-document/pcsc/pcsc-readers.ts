import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { ChipReader } from '../../../shared/domain/travel-document.ts';
import type { ChipReaders, OpenChip } from '../chip-link.ts';
import { loadPcsc, type PcscHandle, type PcscLibrary, type ReaderEvent, type ReaderState } from './library.ts';
import { conversationFailure, codeName, PCSC, SERVICE_GONE, serviceFailure, UNREADABLE } from './return-codes.ts';

/** Bits of a reader's state (pcsclite.h, winscard.h). */
const STATE = { changed: 0x2, present: 0x20, mute: 0x200 } as const;
/** The reader that stands for the set of readers itself. */
const NEW_READERS = '\\\\?PnP?\\Notification';
/** A wait goes on in slices: where the system doesn't tell of new readers they are found between two of them. */
const SLICE_MS = 1000;

/** PC/SC readers of this machine; the library is loaded when it is first asked for. */
export function pcscReaders(load: () => Promise<Result<PcscLibrary, Failure>> = loadPcsc): ChipReaders {
  let loaded: Promise<Result<PcscLibrary, Failure>> | null = null;
  const library = async (): Promise<Result<PcscLibrary, Failure>> => {
    loaded ??= load();
    const result = await loaded;
    // A library that is installed later is found then.
    if (!result.ok) loaded = null;
    return result;
  };
  return {
    async list() {
      const pcsc = await library();
      return pcsc.ok ? withContext(pcsc.value, (context) => listReaders(pcsc.value, context)) : pcsc;
    },
    async waitForChip(name, signal) {
      const pcsc = await library();
      if (!pcsc.ok) return pcsc;
      const { code, context } = await pcsc.value.establish();
      if (code !== PCSC.success) return err(serviceFailure(code));
      const stopWaiting = (): void => void pcsc.value.cancel(context);
      signal.addEventListener('abort', stopWaiting);
      const found = await chipOn(pcsc.value, context, name, signal);
      signal.removeEventListener('abort', stopWaiting);
      if (!found.ok || !found.value) await pcsc.value.release(context);
      return found;
    },
  };
}

async function withContext<T>(
  pcsc: PcscLibrary,
  use: (context: PcscHandle) => Promise<Result<T, Failure>>,
): Promise<Result<T, Failure>> {
  const { code, context } = await pcsc.establish();
  if (code !== PCSC.success) return err(serviceFailure(code));
  const result = await use(context);
  await pcsc.release(context);
  return result;
}

async function readerNames(pcsc: PcscLibrary, context: PcscHandle): Promise<Result<readonly string[], Failure>> {
  const { code, names } = await pcsc.listReaders(context);
  if (code === PCSC.noReaders) return ok([]);
  return code === PCSC.success ? ok(names) : err(serviceFailure(code));
}

async function listReaders(pcsc: PcscLibrary, context: PcscHandle): Promise<Result<readonly ChipReader[], Failure>> {
  const names = await readerNames(pcsc, context);
  if (!names.ok || names.value.length === 0) return names.ok ? ok([]) : names;
  const unaware = names.value.map((name) => ({ name, current: 0 }));
  const { code, events } = await pcsc.waitForChange(context, 0, unaware);
  if (code !== PCSC.success && code !== PCSC.timeout) return err(serviceFailure(code));
  return ok(names.value.map((name, at) => ({ name, documentPresent: holdsChip(events[at]) })));
}

function holdsChip(event: ReaderEvent | undefined): boolean {
  return event !== undefined && (event.state & STATE.present) !== 0 && (event.state & STATE.mute) === 0;
}

async function chipOn(
  pcsc: PcscLibrary,
  context: PcscHandle,
  wanted: string | null,
  signal: AbortSignal,
): Promise<Result<OpenChip | null, Failure>> {
  let known: readonly ReaderState[] | null = null;
  let unreadable: string | null = null;
  while (!signal.aborted) {
    const states = await readersToWatch(pcsc, context, wanted, known);
    if (!states.ok) return states;
    const watched = pcsc.tellsNewReaders ? [...states.value, { name: NEW_READERS, current: 0 }] : states.value;
    const { code, events } = await pcsc.waitForChange(context, SLICE_MS, watched);
    if (SERVICE_GONE.includes(code)) return err(serviceFailure(code));
    known = code === PCSC.success || code === PCSC.timeout ? after(states.value, events) : null;
    if (code !== PCSC.success) continue;
    unreadable = events.some(({ state }) => state & STATE.mute)
      ? 'something on the reader does not answer'
      : unreadable;
    for (const [at, { name }] of states.value.entries()) {
      const event = events[at];
      if (signal.aborted || !event || !holdsChip(event) || !(event.state & STATE.changed)) continue;
      const connected = await connect(pcsc, context, name, event.atr);
      if (connected.ok) return connected;
      if (UNREADABLE.includes(connected.error)) unreadable = codeName(connected.error);
      // Asked again soon: the chip may lie better then, or another program have let go of it.
      known = known?.map((state) => (state.name === name ? { name, current: 0 } : state)) ?? null;
      await new Promise((resolve) => setTimeout(resolve, SLICE_MS / 2));
    }
  }
  return unreadable === null ? ok(null) : err(failure('chip.no-document', unreadable));
}

/** The readers to watch with what is known of them; new ones are unknown. */
async function readersToWatch(
  pcsc: PcscLibrary,
  context: PcscHandle,
  wanted: string | null,
  known: readonly ReaderState[] | null,
): Promise<Result<readonly ReaderState[], Failure>> {
  const names = await readerNames(pcsc, context);
  if (!names.ok) return names;
  const matching = names.value.filter((name) => wanted === null || name === wanted);
  if (matching.length === 0) return err(failure(known === null ? 'chip.reader-missing' : 'chip.reader-lost'));
  return ok(matching.map((name) => known?.find((state) => state.name === name) ?? { name, current: 0 }));
}

/** What the next wait compares with: the event without the bit that says so. */
function after(states: readonly ReaderState[], events: readonly ReaderEvent[]): readonly ReaderState[] {
  return states.map(({ name }, at) => ({ name, current: (events[at]?.state ?? 0) & ~STATE.changed }));
}

async function connect(
  pcsc: PcscLibrary,
  context: PcscHandle,
  reader: string,
  atr: Uint8Array,
): Promise<{ readonly ok: true; readonly value: OpenChip } | { readonly ok: false; readonly error: number }> {
  const { code, card, protocol } = await pcsc.connect(context, reader);
  if (code !== PCSC.success) return err(code);
  // Other programs look at every new card; they wait until this one is done.
  const began = await pcsc.begin(card);
  if (began !== PCSC.success) {
    await pcsc.disconnect(card);
    return err(began);
  }
  let open = true;
  return ok({
    reader,
    atr,
    async transmit(apdu) {
      if (!open) return err(failure('chip.stopped', 'the connection was closed'));
      const sent = await pcsc.transmit(card, protocol, apdu);
      // Some drivers answer with nothing when the chip is gone.
      if (sent.code === PCSC.success && sent.response.length < 2)
        return err(failure('chip.stopped', 'an empty answer'));
      if (sent.code === PCSC.success) return ok(sent.response);
      return err(await whyItStopped(pcsc, context, reader, sent.code));
    },
    async close() {
      if (!open) return;
      open = false;
      await pcsc.end(card);
      await pcsc.disconnect(card);
      await pcsc.release(context);
    },
  });
}

/** A reader that vanished often shows first as a command that failed. */
async function whyItStopped(pcsc: PcscLibrary, context: PcscHandle, reader: string, code: number): Promise<Failure> {
  const failed = conversationFailure(code);
  if (failed.code === 'chip.reader-lost') return failed;
  const names = await readerNames(pcsc, context);
  const there = names.ok && names.value.includes(reader);
  return there ? failed : failure('chip.reader-lost', codeName(code));
}
