import { open } from 'node:fs/promises';
import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';

/** For what system and processors a library or program was built; names as in `process.platform` and `process.arch`. */
export interface BinaryTarget {
  readonly system: 'linux' | 'win32' | 'darwin';
  /** Several only in a macOS file for more than one. An unknown one is `machine N`. */
  readonly machines: readonly string[];
}

/** Where code runs: names as in `process.platform` and `process.arch`. */
export interface System {
  readonly platform: string;
  readonly arch: string;
}

/** A PE header starts within the first kilobytes; the others at once. */
const HEADER_BYTES = 64 * 1024;
const MOST_FAT_MACHINES = 16;

/** ELF `e_machine` (System V ABI), PE `Machine` (Microsoft's PE format), Mach-O `cputype` (mach/machine.h). */
const ELF_MACHINES: Readonly<Record<number, string>> = {
  3: 'ia32',
  8: 'mips',
  40: 'arm',
  62: 'x64',
  183: 'arm64',
  243: 'riscv64',
  258: 'loong64',
};
const PE_MACHINES: Readonly<Record<number, string>> = {
  0x14c: 'ia32',
  0x1c0: 'arm',
  0x1c4: 'arm',
  0x8664: 'x64',
  0xaa64: 'arm64',
};
const MACH_MACHINES: Readonly<Record<number, string>> = {
  7: 'ia32',
  12: 'arm',
  0x0100_0007: 'x64',
  0x0100_000c: 'arm64',
};

/**
 * Reads for what a library or program file was built.
 *
 * @returns `decoder.missing` when the file isn't there or may not be read, `decoder.unfit` when it is something else.
 */
export async function targetOfFile(path: string): Promise<Result<BinaryTarget, Failure>> {
  const head = Buffer.alloc(HEADER_BYTES);
  let length: number;
  try {
    const file = await open(path, 'r');
    try {
      length = (await file.read(head, 0, HEADER_BYTES, 0)).bytesRead;
    } finally {
      await file.close();
    }
  } catch (error) {
    return err(failure('decoder.missing', unreadable((error as NodeJS.ErrnoException).code)));
  }
  const target = binaryTarget(head.subarray(0, length));
  return target ? ok(target) : err(failure('decoder.unfit', 'the file is not a library'));
}

/** Says why code for `target` can't be loaded on `system`; null when it can. */
export function mismatch(target: BinaryTarget, system: System): Failure | null {
  if (target.system === system.platform && target.machines.includes(system.arch)) return null;
  const made = `${target.system} ${target.machines.join(', ')}`;
  return failure('decoder.wrong-bitness', `made for ${made}, needed for ${system.platform} ${system.arch}`);
}

/** @returns null for bytes that aren't the start of an ELF, PE or Mach-O file. */
export function binaryTarget(head: Uint8Array): BinaryTarget | null {
  if (head.length < 64) return null;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const magic = view.getUint32(0, false);
  if (magic === 0x7f45_4c46) return elfTarget(view);
  if (view.getUint16(0, false) === 0x4d5a) return peTarget(view);
  if (magic === 0xcefa_edfe || magic === 0xcffa_edfe) {
    return { system: 'darwin', machines: [machine(MACH_MACHINES, view.getUint32(4, true))] };
  }
  return magic === 0xcafe_babe ? fatTarget(view) : null;
}

function elfTarget(view: DataView): BinaryTarget {
  const little = view.getUint8(5) !== 2;
  const name = machine(ELF_MACHINES, view.getUint16(18, little));
  // The x32 ABI has the processor of x64 and the file class of 32 bits.
  const narrow = view.getUint8(4) === 1 && (name === 'x64' || name === 'arm64');
  return { system: 'linux', machines: [narrow ? `${name} with 32-bit addresses` : name] };
}

function peTarget(view: DataView): BinaryTarget | null {
  const at = view.getUint32(0x3c, true);
  if (at + 6 > view.byteLength || view.getUint32(at, false) !== 0x5045_0000) return null;
  return { system: 'win32', machines: [machine(PE_MACHINES, view.getUint16(at + 4, true))] };
}

function fatTarget(view: DataView): BinaryTarget | null {
  const count = view.getUint32(4, false);
  // Java classes start with the same number; what follows is their version.
  if (count === 0 || count > MOST_FAT_MACHINES || 8 + 20 * count > view.byteLength) return null;
  const machines = Array.from({ length: count }, (_, i) => machine(MACH_MACHINES, view.getUint32(8 + 20 * i, false)));
  return { system: 'darwin', machines };
}

function machine(names: Readonly<Record<number, string>>, value: number): string {
  return names[value] ?? `machine ${value}`;
}

function unreadable(code: string | undefined): string {
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'the file is not there';
  if (code === 'EACCES' || code === 'EPERM') return 'the file may not be read';
  return `the file can not be read: ${code ?? 'unknown'}`;
}
