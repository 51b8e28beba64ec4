import type { CardBox } from '../../../../src/shared/domain/document-reading.ts';

/** Size of a flat specimen in pixels: 85.6 × 53.98 mm at 18.7 pixels a millimetre. */
export const SPECIMEN = { width: 1600, height: 1009 } as const;
const BLACK = '#15161a';
const BLUE = '#4a6a8c';

/** Collects the text of one side. Positions and sizes are parts of the card's width, upper edge = 0. */
export class CardInk {
  readonly #parts: string[] = [];

  caption(text: string, x: number, middle: number, size = 0.0315): void {
    this.#text(text, x, middle, size, BLUE, 'Noto Sans CJK SC', 400);
  }

  /** @returns where the value stands. */
  value(text: string, x: number, middle: number, size = 0.0375, weight = 500): CardBox {
    this.#text(text, x, middle, size, BLACK, 'Noto Sans CJK SC', weight);
    return boxAt(x, middle, widthOf(text) * size, size);
  }

  /** Every character in the middle of a cell of the same width, like a number's typeface. */
  spaced(text: string, x: number, middle: number, size: number, pitch: number, font: string): CardBox {
    const w = SPECIMEN.width;
    for (const [i, character] of [...text].entries()) {
      const at = (x + (i + 0.5) * pitch) * w;
      this.#parts.push(
        `<text x="${at.toFixed(1)}" y="${(middle * w + size * w * 0.355).toFixed(1)}" text-anchor="middle" font-family="${font}" font-size="${size * w}" font-weight="500" fill="${BLACK}">${character}</text>`,
      );
    }
    return boxAt(x, middle, pitch * text.length, size * 0.8);
  }

  title(text: string, x: number, middle: number, size: number, spacing: number): void {
    this.#text(text, x, middle, size, BLACK, 'Noto Serif CJK SC', 600, spacing);
  }

  raw(svg: string): void {
    this.#parts.push(svg);
  }

  /** Marks the side for what it is, clear of all fields. */
  mark(x: number, middle: number): CardBox {
    this.#text('样本 SPECIMEN', x, middle, 0.03, '#b03a4a', 'Noto Sans CJK SC', 700);
    return boxAt(x, middle, 0.23, 0.03);
  }

  svg(): Buffer {
    const { width, height } = SPECIMEN;
    return Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${this.#parts.join('')}</svg>`,
    );
  }

  #text(
    text: string,
    x: number,
    middle: number,
    size: number,
    fill: string,
    font: string,
    weight: number,
    spacing = 0,
  ): void {
    const w = SPECIMEN.width;
    this.#parts.push(
      `<text x="${(x * w).toFixed(1)}" y="${((middle + size * 0.37) * w).toFixed(1)}" font-family="${font}" font-size="${(size * w).toFixed(1)}" font-weight="${weight}" letter-spacing="${spacing * w}" fill="${fill}" xml:space="preserve">${text}</text>`,
    );
  }
}

/** Width in ems: Chinese characters and full-width forms 1, the others about 0.56. */
export function widthOf(text: string): number {
  let ems = 0;
  for (const character of text) ems += character.codePointAt(0)! < 0x2000 && character !== '·' ? 0.56 : 1;
  return ems;
}

/** Breaks a value where a line of so many ems is full, as the printing offices do: anywhere. */
export function linesOf(text: string, ems: number): string[] {
  const lines = [''];
  for (const character of text) {
    if (widthOf(lines.at(-1)! + character) > ems) lines.push('');
    lines[lines.length - 1] += character;
  }
  return lines;
}

/** The smallest box around boxes. */
export function around(boxes: readonly CardBox[]): CardBox {
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  return { x, y, width: right - x, height: bottom - y };
}

function boxAt(x: number, middle: number, width: number, size: number): CardBox {
  const aspect = SPECIMEN.width / SPECIMEN.height;
  return { x, y: (middle - size / 2) * aspect, width, height: size * aspect };
}
