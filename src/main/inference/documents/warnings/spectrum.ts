/** Side of the patches that are transformed; a power of two. */
export const PATCH_SIDE = 128;

const BITS = Math.log2(PATCH_SIDE);
const COSINES = Float64Array.from({ length: PATCH_SIDE / 2 }, (_, k) => Math.cos((2 * Math.PI * k) / PATCH_SIDE));
const SINES = Float64Array.from({ length: PATCH_SIDE / 2 }, (_, k) => -Math.sin((2 * Math.PI * k) / PATCH_SIDE));
const REVERSED = Uint8Array.from({ length: PATCH_SIDE }, (_, index) => {
  let reversed = 0;
  for (let bit = 0; bit < BITS; bit++) reversed |= ((index >> bit) & 1) << (BITS - 1 - bit);
  return reversed;
});

/** The Hann window, which keeps a patch's edges from looking like lines of every frequency. */
export const HANN = Float64Array.from(
  { length: PATCH_SIDE },
  (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / PATCH_SIDE),
);

/** One row or column, in place: `PATCH_SIDE` complex values from `start` on, `step` apart (Cooley and Tukey). */
function transformLine(real: Float64Array, imaginary: Float64Array, start: number, step: number): void {
  for (let i = 0; i < PATCH_SIDE; i++) {
    const j = REVERSED[i]!;
    if (j <= i) continue;
    const a = start + i * step;
    const b = start + j * step;
    const re = real[a]!;
    const im = imaginary[a]!;
    real[a] = real[b]!;
    imaginary[a] = imaginary[b]!;
    real[b] = re;
    imaginary[b] = im;
  }
  for (let half = 1; half < PATCH_SIDE; half *= 2) {
    const turn = PATCH_SIDE / 2 / half;
    for (let group = 0; group < PATCH_SIDE; group += 2 * half) {
      for (let k = 0; k < half; k++) {
        const cosine = COSINES[k * turn]!;
        const sine = SINES[k * turn]!;
        const upper = start + (group + k) * step;
        const lower = upper + half * step;
        const re = real[lower]! * cosine - imaginary[lower]! * sine;
        const im = real[lower]! * sine + imaginary[lower]! * cosine;
        real[lower] = real[upper]! - re;
        imaginary[lower] = imaginary[upper]! - im;
        real[upper] = real[upper]! + re;
        imaginary[upper] = imaginary[upper]! + im;
      }
    }
  }
}

/**
 * The power spectra of two real patches by one complex transform; row by row, the constant at index 0, frequency
 * `k / PATCH_SIDE` cycles a pixel at index k and its negative at `PATCH_SIDE − k`. Both arrays are used up.
 */
export function powerSpectra(first: Float64Array, second: Float64Array): readonly [Float64Array, Float64Array] {
  for (let row = 0; row < PATCH_SIDE; row++) transformLine(first, second, row * PATCH_SIDE, 1);
  for (let column = 0; column < PATCH_SIDE; column++) transformLine(first, second, column, PATCH_SIDE);
  const count = PATCH_SIDE * PATCH_SIDE;
  const powers = [new Float64Array(count), new Float64Array(count)] as const;
  for (let v = 0; v < PATCH_SIDE; v++) {
    for (let u = 0; u < PATCH_SIDE; u++) {
      const at = v * PATCH_SIDE + u;
      const mirror = ((PATCH_SIDE - v) % PATCH_SIDE) * PATCH_SIDE + ((PATCH_SIDE - u) % PATCH_SIDE);
      const evenReal = first[at]! + first[mirror]!;
      const oddReal = first[at]! - first[mirror]!;
      const evenImaginary = second[at]! + second[mirror]!;
      const oddImaginary = second[at]! - second[mirror]!;
      powers[0][at] = (evenReal * evenReal + oddImaginary * oddImaginary) / 4;
      powers[1][at] = (evenImaginary * evenImaginary + oddReal * oddReal) / 4;
    }
  }
  return powers;
}
