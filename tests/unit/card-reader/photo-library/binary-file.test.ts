import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { binaryTarget, mismatch, targetOfFile } from '../../../../src/main/card-reader/photo-library/binary-file.ts';

function elf(bits: 32 | 64, machine: number, bigEndian = false): Buffer {
  const head = Buffer.alloc(128);
  head.set([0x7f, 0x45, 0x4c, 0x46, bits / 32, bigEndian ? 2 : 1, 1]);
  if (bigEndian) head.writeUInt16BE(machine, 18);
  else head.writeUInt16LE(machine, 18);
  return head;
}

function pe(machine: number, at = 0x80, bytes = 1024): Buffer {
  const head = Buffer.alloc(bytes);
  head.set([0x4d, 0x5a]);
  head.writeUInt32LE(at, 0x3c);
  if (at + 6 <= bytes) head.set([0x50, 0x45, 0, 0, machine & 0xff, machine >> 8], at);
  return head;
}

function machO(cpuType: number, magic = 0xfeedfacf): Buffer {
  const head = Buffer.alloc(128);
  head.writeUInt32LE(magic, 0);
  head.writeUInt32LE(cpuType, 4);
  return head;
}

function fat(...cpuTypes: readonly number[]): Buffer {
  const head = Buffer.alloc(2048);
  head.writeUInt32BE(0xcafebabe, 0);
  head.writeUInt32BE(cpuTypes.length, 4);
  cpuTypes.forEach((type, i) => head.writeUInt32BE(type, 8 + 20 * i));
  return head;
}

describe('the header of a library', () => {
  test.each([
    [elf(64, 62), 'linux', ['x64']],
    [elf(32, 3), 'linux', ['ia32']],
    [elf(32, 40), 'linux', ['arm']],
    [elf(64, 183), 'linux', ['arm64']],
    [elf(64, 258), 'linux', ['loong64']],
    [elf(32, 62), 'linux', ['x64 with 32-bit addresses']],
    [elf(32, 8, true), 'linux', ['mips']],
    [elf(64, 4711), 'linux', ['machine 4711']],
    [pe(0x14c), 'win32', ['ia32']],
    [pe(0x8664), 'win32', ['x64']],
    [pe(0xaa64), 'win32', ['arm64']],
    [machO(0x0100_0007), 'darwin', ['x64']],
    [machO(7, 0xfeedface), 'darwin', ['ia32']],
    [fat(0x0100_0007, 0x0100_000c), 'darwin', ['x64', 'arm64']],
  ])('%#: says its system and processor', (head, system, machines) => {
    expect(binaryTarget(head)).toEqual({ system, machines });
  });

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['zeros', Buffer.alloc(4096)],
    ['a text', Buffer.from('#!/bin/sh\n'.repeat(20))],
    ['a cut ELF file', elf(64, 62).subarray(0, 30)],
    ['a DOS program', pe(0, 0x80).fill(0, 0x80)],
    ['a header beyond the file', pe(0x8664, 0xffff_fff0)],
    ['a Java class', fat(...Array<number>(52).fill(0)).subarray(0, 64)],
  ])('%s is no library', (_, head) => {
    expect(binaryTarget(head)).toBeNull();
  });

  test('fits only its own system and processor', () => {
    const x64 = { platform: 'linux', arch: 'x64' };
    expect(mismatch({ system: 'linux', machines: ['x64'] }, x64)).toBeNull();
    expect(
      mismatch({ system: 'darwin', machines: ['x64', 'arm64'] }, { platform: 'darwin', arch: 'arm64' }),
    ).toBeNull();
    expect(mismatch({ system: 'linux', machines: ['ia32'] }, x64)).toEqual({
      code: 'decoder.wrong-bitness',
      detail: 'made for linux ia32, needed for linux x64',
    });
    expect(mismatch({ system: 'win32', machines: ['x64'] }, x64)?.code).toBe('decoder.wrong-bitness');
  });

  test('is read from the file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'binary-file-'));
    const path = join(folder, 'library');
    await writeFile(path, pe(0x14c, 0x4000, 0x8000));
    expect(await targetOfFile(path)).toEqual({ ok: true, value: { system: 'win32', machines: ['ia32'] } });
    await writeFile(path, 'text');
    expect(await targetOfFile(path)).toMatchObject({ error: { code: 'decoder.unfit' } });
    await rm(folder, { recursive: true });
    expect(await targetOfFile(path)).toMatchObject({ error: { code: 'decoder.missing' } });
  });
});
