import { csvLine, type CsvCell } from '../../../shared/csv-text.ts';

/** One cell as people read it and as a spreadsheet takes it. */
export interface Cell {
  readonly text: string;
  readonly value: CsvCell;
}

export interface Column {
  readonly name: string;
  /** Numbers stand to the right, under each other. */
  readonly isNumber: boolean;
  /** Codes are set in their own type. */
  readonly isCode?: boolean;
}

/** A table under a chart: the page shows it, and a file holds the same. */
export interface TableModel {
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  /** The sums; null where adding up would say nothing. */
  readonly foot: readonly Cell[] | null;
}

/** The table as a CSV file: head, rows and sums. */
export function tableCsv({ columns, rows, foot }: TableModel): string {
  const lines = [columns.map(({ name }) => name), ...rows.map(valuesOf), ...(foot === null ? [] : [valuesOf(foot)])];
  return lines.map((cells) => csvLine(cells)).join('');
}

function valuesOf(cells: readonly Cell[]): readonly CsvCell[] {
  return cells.map(({ value }) => value);
}
