import type { Fault, Step } from './fault-kinds.ts';

const GARBAGE = Uint8Array.of(0x00, 0xff, 0xaa, 0x00, 0x96, 0x69, 0xaa);
const LENGTH_AT = 5;

/** A reply frame as a faulty line or reader gives it. */
export function damagedFrame(frame: Uint8Array, faults: readonly Fault[], step: Step | undefined): Uint8Array {
  const damaged = frame.slice();
  for (const fault of faults) {
    if (isChecksumFault(fault, step)) damaged[damaged.length - 1]! ^= 0x5a;
    if (fault.kind === 'length-beyond-4089' && step === 'read') damaged.fill(0xff, LENGTH_AT, LENGTH_AT + 2);
  }
  return damaged;
}

/** The frame between what a faulty line loses or adds. */
export function onTheLine(frame: Uint8Array, faults: readonly Fault[], before: Uint8Array | null): Uint8Array {
  const has = (kind: Fault['kind']): boolean => faults.some((fault) => fault.kind === kind);
  const kept = has('lost-leading-aa') ? frame.subarray(1) : frame;
  const noisy = has('garbage-before') ? joined(GARBAGE, kept) : kept;
  return has('two-replies-in-one-chunk') && before ? joined(before, noisy) : noisy;
}

/** Whether it damages the checksum of this step's reply. */
export function isChecksumFault(fault: Fault, step: Step | undefined): boolean {
  return (fault.kind === 'bad-checksum' || fault.kind === 'bad-checksum-once') && (fault.step ?? 'read') === step;
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const whole = new Uint8Array(first.length + second.length);
  whole.set(first);
  whole.set(second, first.length);
  return whole;
}
