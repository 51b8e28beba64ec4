import type { Frame } from '../../../../src/main/inference/frame.ts';
import type { CardBox } from '../../../../src/shared/domain/document-reading.ts';
import type { JudgedDocument } from '../../../../src/main/inference/documents/contract.ts';

/** A line of text on a flat card. */
export interface PrintedLine {
  readonly text: string;
  readonly box: CardBox;
}

/** A specimen before any camera: its picture edge to edge, and what is printed where. */
export interface FlatCard {
  readonly page: JudgedDocument['page'];
  /** At least 1600 pixels wide, so that a camera of 1200 pixels across finds all it could. */
  readonly picture: Frame;
  /** What can be read, captions included. */
  readonly lines: readonly PrintedLine[];
  /** The fields' values by their names, dates as `YYYY-MM-DD` or `YYYY-MM`. */
  readonly fields: Readonly<Record<string, PrintedLine>>;
  /** The printed face; null where there is none. */
  readonly face: CardBox | null;
}
