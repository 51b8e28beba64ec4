/** Where a page of a long list begins and ends; `first` and `last` count from 1, 0 when the list is empty. */
export interface PageRange {
  readonly first: number;
  readonly last: number;
  readonly previous: number | null;
  readonly next: number | null;
}

/** The range that starts at `offset` of `total` rows, `size` to a page. */
export function pageRange(offset: number, size: number, total: number): PageRange {
  return {
    first: total === 0 ? 0 : offset + 1,
    last: Math.min(offset + size, total),
    previous: offset > 0 ? Math.max(0, offset - size) : null,
    next: offset + size < total ? offset + size : null,
  };
}
