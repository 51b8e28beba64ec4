/** A library that writes a picture of another size overwrites at least the start of this. */
const GUARD_BYTES = 64 * 1024;

/**
 * Memory for a library to write to, with known bytes before and behind it that show whether it kept within. It is
 * zeroed, so that a library that writes nothing gives an empty picture instead of an earlier one.
 */
export class GuardedBuffer {
  /** What the library is given. */
  readonly bytes: Uint8Array;
  readonly #all: Uint8Array;

  constructor(length: number) {
    this.#all = new Uint8Array(GUARD_BYTES + length + GUARD_BYTES);
    for (let i = 0; i < this.#all.length; i++) this.#all[i] = canary(i);
    this.bytes = this.#all.subarray(GUARD_BYTES, GUARD_BYTES + length).fill(0);
  }

  /** How many bytes outside were overwritten. */
  get overwritten(): number {
    let count = 0;
    for (let i = 0; i < this.#all.length; i++) {
      if (i === GUARD_BYTES) i += this.bytes.length;
      if (this.#all[i] !== canary(i)) count++;
    }
    return count;
  }

  clear(): void {
    this.#all.fill(0);
  }
}

/** Neither constant nor a usual filling, so that padding is noticed too. */
function canary(index: number): number {
  return (index * 151 + 89) & 0xff;
}
