import type engine from 'koffi';
import type { LibraryHandle, TypeObject } from 'koffi';
import type { PcscPlatform } from './platform.ts';

type Koffi = Pick<typeof engine, 'array' | 'inout' | 'out' | 'pack' | 'pointer' | 'struct'>;
export type NativeCall = ReturnType<LibraryHandle['func']>;

/** The functions of PC/SC with this system's widths and structures. */
export function declareCalls(koffi: Koffi, library: LibraryHandle, system: PcscPlatform) {
  const { word, result, context, handle, wide } = system;
  const structure = system.packed ? koffi.pack : koffi.struct;
  const name = wide ? 'str16' : 'str';
  const suffix = wide ? 'W' : '';
  const state = structure({
    name,
    userData: 'void *',
    current: word,
    event: word,
    atrLength: word,
    atr: koffi.array('uint8_t', system.atrBytes, 'Typed'),
  });
  const control = structure({ protocol: word, length: word });
  const out = (type: string) => koffi.out(koffi.pointer(type));
  const inout = (type: string | TypeObject) => koffi.inout(koffi.pointer(type));
  return {
    controlBytes: control.size,
    establish: library.func('SCardEstablishContext', result, [word, 'void *', 'void *', out(context)]),
    release: library.func('SCardReleaseContext', result, [context]),
    list: library.func(`SCardListReaders${suffix}`, result, [context, 'void *', 'void *', inout(word)]),
    wait: library.func(`SCardGetStatusChange${suffix}`, result, [context, word, inout(state), word]),
    cancel: library.func('SCardCancel', result, [context]),
    connect: library.func(`SCardConnect${suffix}`, result, [context, name, word, word, out(handle), out(word)]),
    begin: library.func('SCardBeginTransaction', result, [handle]),
    end: library.func('SCardEndTransaction', result, [handle, word]),
    transmit: library.func('SCardTransmit', result, [
      handle,
      koffi.pointer(control),
      'void *',
      word,
      'void *',
      'void *',
      inout(word),
    ]),
    disconnect: library.func('SCardDisconnect', result, [handle, word]),
  };
}
