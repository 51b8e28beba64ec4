/**
 * The picture of one character: so many columns' widths wide and tall, in so many pixels. Capitals of OCR-B are 0.95 tall,
 * digits 1.05, and the next line begins behind 1.1.
 */
export const PATCH = { width: 1, height: 1.25, across: 16, down: 20 } as const;
