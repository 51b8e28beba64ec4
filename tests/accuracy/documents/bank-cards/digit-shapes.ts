/**
 * Digits in the manner of Farrington 7B (ISO 1073-1's relative for embossing, ISO/IEC 7811-1): paths of one stroke's
 * width on a field of 10 × 16, y downwards; drawn from memory of the shapes, not traced.
 */
const PATHS: Readonly<Record<string, string>> = {
  0: 'M3 0 H7 Q10 0 10 3 V13 Q10 16 7 16 H3 Q0 16 0 13 V3 Q0 0 3 0 Z',
  1: 'M2 3 Q5 3 5 0 V16 M1 16 H9',
  2: 'M0 3 Q0 0 3 0 H7 Q10 0 10 3 V5 Q10 7.5 7 7.5 H3.5 Q0 7.5 0 11 V16 H10',
  3: 'M0 2 Q0 0 3 0 H7 Q10 0 10 3 V5 Q10 7.5 7.5 7.5 H4 M7.5 7.5 Q10 7.5 10 10 V13 Q10 16 7 16 H3 Q0 16 0 14',
  4: 'M2.5 0 L0.5 8.5 Q0 10.5 2 10.5 H10 M7.5 6 V16',
  5: 'M9.5 0 H1 V7 H7 Q10 7 10 10 V13 Q10 16 7 16 H3 Q0 16 0 13.5',
  6: 'M8.5 0 H4 Q0 1 0 7 V13 Q0 16 3 16 H7 Q10 16 10 13 V10 Q10 7 7 7 H0.5',
  7: 'M0 3 V0 H10 V3.5 Q10 5.5 7 8 Q5 9.5 5 12 V16',
  8: 'M3 0 H7 Q9 0 9 2.5 V5 Q9 7.3 7 7.3 H3 Q1 7.3 1 5 V2.5 Q1 0 3 0 Z M3 7.3 H7 Q10 7.3 10 10 V13 Q10 16 7 16 H3 Q0 16 0 13 V10 Q0 7.3 3 7.3',
  9: 'M1.5 16 H6 Q10 15 10 9 V3 Q10 0 7 0 H3 Q0 0 0 3 V6 Q0 9 3 9 H9.5',
};

export interface DigitRow {
  readonly x: number;
  /** Of the digits' upper edge. */
  readonly y: number;
  readonly pitch: number;
  readonly height: number;
  readonly stroke: number;
}

/** A row of such digits, spaces between, as SVG. Width of a digit: 62 % of its height. */
export function strokedDigits(text: string, { x, y, pitch, height, stroke }: DigitRow, colour: string): string {
  const scale = height / 16;
  const digits = [...text].map((digit, at) => {
    const path = PATHS[digit];
    return path
      ? `<path transform="translate(${x + at * pitch} ${y}) scale(${scale})" d="${path}" stroke-width="${stroke / scale}"/>`
      : '';
  });
  return `<g fill="none" stroke="${colour}" stroke-linecap="round" stroke-linejoin="round">${digits.join('')}</g>`;
}
