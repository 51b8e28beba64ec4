import { describe, expect, test } from 'vitest';
import { GuardedBuffer } from '../../../../src/main/card-reader/photo-library/guarded-buffer.ts';
import { answerFailure, loadFailure } from '../../../../src/main/card-reader/photo-library/library-answers.ts';

const LOAD = 'Failed to load shared library: ';

describe('the loader’s words', () => {
  test.each([
    ['libwlt.so.1: cannot open shared object file: No such file or directory', 'missing', 'libwlt.so.1 is not there'],
    [
      "/lib/libc.so.6: version `GLIBC_2.38' not found (required by /srv/libwlt.so)",
      'missing',
      'the library needs GLIBC_2.38',
    ],
    ['Error loading shared library libstdc++.so.6: No such file or directory (needed by /srv/libwlt.so)', 'missing'],
    ['The specified module could not be found.', 'missing'],
    ['找不到指定的模块。', 'missing'],
    ['wrong ELF class: ELFCLASS32', 'wrong-bitness'],
    ['%1 is not a valid Win32 application.', 'wrong-bitness'],
    ['%1 不是有效的 Win32 应用程序。', 'wrong-bitness'],
    ["Cannot load 'Intel 386+' DLL in 'AMD 64' process", 'wrong-bitness'],
    ['undefined symbol: usb_open', 'unfit'],
    ['The specified procedure could not be found.', 'unfit'],
    ['找不到指定的程序。', 'unfit'],
    ['file too short', 'unfit'],
    ['', 'unfit'],
  ])('%s', (message, code, detail?: string) => {
    const found = loadFailure(LOAD + message);
    expect(found.code).toBe(`decoder.${code}`);
    if (detail !== undefined) expect(found.detail).toBe(detail);
    expect(found.detail ?? '').not.toContain('/srv');
  });
});

describe('the library’s answer', () => {
  test.each([
    ['unpack', 1, null],
    ['unpack', 0, 'decoder.refused-photo'],
    ['unpack', -5, 'decoder.refused-photo'],
    ['unpack-bmp', 1, null],
    ['unpack-bmp', 2, 'decoder.refused-photo'],
    ['unpack-cpp', 0, null],
    ['unpack-cpp', 1, null],
    ['unpack-cpp', -1, 'decoder.refused-photo'],
    ['wlt2rgb', 0, null],
    ['wlt2rgb', -2, 'decoder.refused-photo'],
    ['get-bmp', 1, null],
    ['get-bmp', 0, 'decoder.refused-photo'],
    ['get-bmp', -5, 'decoder.unlicensed'],
    ['get-bmp', -6, 'decoder.refused-photo'],
  ] as const)('%s: %i', (call, answer, code) => {
    expect(answerFailure(call, answer)?.code ?? null).toBe(code);
  });
});

describe('the guarded buffer', () => {
  test('is empty, and notices every byte written beside it', () => {
    const buffer = new GuardedBuffer(100);
    expect(buffer.bytes).toEqual(new Uint8Array(100));
    buffer.bytes.fill(0xee);
    expect(buffer.overwritten).toBe(0);
    const all = new Uint8Array(buffer.bytes.buffer);
    const start = buffer.bytes.byteOffset;
    for (const at of [start - 1, start + 100, 0, all.length - 1]) all[at]! ^= 1;
    expect(buffer.overwritten).toBe(4);
    buffer.clear();
    expect(all.every((byte) => byte === 0)).toBe(true);
  });
});
