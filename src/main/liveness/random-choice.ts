/** A source of random bytes: the system's CSPRNG in the product, a seeded stream in tests. */
export type RandomBytes = (count: number) => Uint8Array;

/** Uniform integer in 0 … `below` − 1 without modulo bias; `below` is 1–256. */
export function uniformInt(randomBytes: RandomBytes, below: number): number {
  const limit = 256 - (256 % below);
  for (;;) {
    const byte = randomBytes(1)[0]!;
    if (byte < limit) return byte % below;
  }
}
