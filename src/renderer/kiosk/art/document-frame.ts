import type { CardOutline, DocumentPage } from '../../../shared/domain/document-reading.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Width by height: ISO/IEC 7810 ID-1 for cards, ID-3 for the photo page of a passport. */
const ASPECT = { card: 85.6 / 53.98, page: 125 / 88 } as const;
/** Of the picture: enough pixels for the text, and room for a hand that isn't steady. */
const SHARE = { card: 0.72, page: 0.84 } as const;

/** Where a document should lie in a picture: in its middle, in its own proportion. */
export function documentFrame(page: DocumentPage, picture: Size): CardOutline {
  const kind = page === 'travel-document' ? 'page' : 'card';
  const aspect = ASPECT[kind];
  const shape = picture.width / picture.height;
  const width = Math.min(SHARE[kind], (SHARE[kind] * aspect) / shape);
  const height = (width * shape) / aspect;
  const [left, top] = [(1 - width) / 2, (1 - height) / 2];
  return [
    [left, top],
    [left + width, top],
    [left + width, top + height],
    [left, top + height],
  ];
}

/** The outline as a path in a drawing of the given size. */
export function outlinePath(outline: CardOutline, { width, height }: Size): string {
  const [first, ...rest] = outline.map(([x, y]) => `${(x * width).toFixed(1)} ${(y * height).toFixed(1)}`);
  return `M${first}L${rest.join('L')}Z`;
}
