import type koffi from 'koffi';
import type { LibraryHandle } from 'koffi';
import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { declareCalls, type NativeCall } from './native-calls.ts';
import { pcscPlatform, type PcscPlatform } from './platform.ts';

/** A context or a card handle: whatever width it has. */
export type PcscHandle = number | bigint;

/** What is known of a reader before a wait, and after it. */
export interface ReaderState {
  readonly name: string;
  /** What the last wait said; 0 at first. */
  readonly current: number;
}
export interface ReaderEvent {
  readonly state: number;
  readonly atr: Uint8Array;
}

/** The calls of PC/SC, each giving its return code as unsigned 32 bits. All but `cancel` run off the event loop. */
export interface PcscLibrary {
  readonly tellsNewReaders: boolean;
  establish(): Promise<{ readonly code: number; readonly context: PcscHandle }>;
  release(context: PcscHandle): Promise<number>;
  listReaders(context: PcscHandle): Promise<{ readonly code: number; readonly names: readonly string[] }>;
  waitForChange(
    context: PcscHandle,
    timeoutMs: number,
    readers: readonly ReaderState[],
  ): Promise<{ readonly code: number; readonly events: readonly ReaderEvent[] }>;
  cancel(context: PcscHandle): number;
  connect(
    context: PcscHandle,
    reader: string,
  ): Promise<{ readonly code: number; readonly card: PcscHandle; readonly protocol: number }>;
  begin(card: PcscHandle): Promise<number>;
  end(card: PcscHandle): Promise<number>;
  transmit(
    card: PcscHandle,
    protocol: number,
    apdu: Uint8Array,
  ): Promise<{ readonly code: number; readonly response: Uint8Array }>;
  /** Takes the power off the card. */
  disconnect(card: PcscHandle): Promise<number>;
}

const SCOPE_SYSTEM = 2;
const SHARE_SHARED = 2;
const PROTOCOL_T0_OR_T1 = 3;
const LEAVE_CARD = 0;
const UNPOWER_CARD = 2;
/** The longest response of extended lengths with its status word. */
const LONGEST_RESPONSE = 65_538;
const LONGEST_READER_LIST = 16_384;

/** Loads the system's PC/SC; fails with `chip.driver-missing`. */
export async function loadPcsc(platform: NodeJS.Platform = process.platform): Promise<Result<PcscLibrary, Failure>> {
  const engine = await import('koffi').then((module) => module.default).catch(() => null);
  if (!engine) return err(failure('chip.driver-missing', 'this installation can not call libraries'));
  const system = pcscPlatform(platform);
  for (const name of system.libraries) {
    try {
      return ok(bind(engine, engine.load(name), system));
    } catch {
      continue;
    }
  }
  return err(failure('chip.driver-missing', system.libraries.join(', ')));
}

function bind(engine: typeof koffi, library: LibraryHandle, system: PcscPlatform): PcscLibrary {
  const calls = declareCalls(engine, library, system);
  const run = async (call: NativeCall, ...args: readonly unknown[]): Promise<number> =>
    new Promise((resolve, reject) => {
      call.async(...args, (error: unknown, result: number | bigint) => {
        if (error) reject(error instanceof Error ? error : new Error('PC/SC'));
        else resolve(Number(BigInt.asUintN(32, BigInt(result))));
      });
    });
  const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString(system.wide ? 'utf16le' : 'utf8');
  return {
    tellsNewReaders: system.tellsNewReaders,
    async establish() {
      const context: [PcscHandle] = [0];
      return { code: await run(calls.establish, SCOPE_SYSTEM, null, null, context), context: context[0] };
    },
    release: (context) => run(calls.release, context),
    async listReaders(context) {
      const width = system.wide ? 2 : 1;
      const names = Buffer.alloc(LONGEST_READER_LIST * width);
      const length: [number] = [LONGEST_READER_LIST];
      const code = await run(calls.list, context, null, names, length);
      return {
        code,
        names: text(names.subarray(0, Number(length[0]) * width))
          .split('\0')
          .filter(Boolean),
      };
    },
    async waitForChange(context, timeoutMs, readers) {
      const states = readers.map(({ name, current }) => ({
        name,
        userData: null,
        current,
        event: 0,
        atrLength: 0,
        atr: new Uint8Array(system.atrBytes),
      }));
      const code = await run(calls.wait, context, timeoutMs, states, states.length);
      return {
        code,
        events: states.map(({ event, atr, atrLength }) => ({
          state: Number(event),
          atr: Uint8Array.from(atr).slice(0, Math.min(Number(atrLength), system.atrBytes)),
        })),
      };
    },
    cancel: (context) => Number(BigInt.asUintN(32, BigInt(calls.cancel(context) as number | bigint))),
    async connect(context, reader) {
      const card: [PcscHandle] = [0];
      const protocol: [number | bigint] = [0];
      const code = await run(calls.connect, context, reader, SHARE_SHARED, PROTOCOL_T0_OR_T1, card, protocol);
      return { code, card: card[0], protocol: Number(protocol[0]) };
    },
    begin: (card) => run(calls.begin, card),
    end: (card) => run(calls.end, card, LEAVE_CARD),
    async transmit(card, protocol, apdu) {
      const control = { protocol, length: calls.controlBytes };
      const response = Buffer.alloc(LONGEST_RESPONSE);
      const length: [number | bigint] = [LONGEST_RESPONSE];
      const code = await run(calls.transmit, card, control, apdu, apdu.length, null, response, length);
      const answer = new Uint8Array(response.subarray(0, Math.min(Number(length[0]), LONGEST_RESPONSE)));
      response.fill(0);
      return { code, response: code === 0 ? answer : new Uint8Array() };
    },
    disconnect: (card) => run(calls.disconnect, card, UNPOWER_CARD),
  };
}
