import type { CardBox } from '../../../../shared/domain/document-reading.ts';
import type { JudgedDocument } from '../contract.ts';
import { CELL_COLUMNS, CELL_ROWS, groupsOf, type CardCells } from './card-cells.ts';
import { scoreAgainst } from './cue.ts';
import type { GroundLight } from './ground-light.ts';
import { smoothCoverOf } from './smooth-cover.ts';
import { CUE_LIMITS } from './warning-limits.ts';

/** Where the card isn't ground: the portrait on one side, the emblem on the other (GA 450 gives their places). */
const PRINTED: Readonly<Record<JudgedDocument['page'], readonly CardBox[]>> = {
  'id-card-front': [{ x: 0.58, y: 0.08, width: 0.38, height: 0.74 }],
  'id-card-back': [{ x: 0.03, y: 0.04, width: 0.28, height: 0.48 }],
  'bank-card': [],
};
/** Darker than a shadow makes it, or in another colour than the card's ground. */
const DARK = 0.68;
const FOREIGN_COLOUR = 0.13;
/** A group of fewer cells may be thick print. */
const SMALLEST_CELLS = 5;
/** What a smooth cell counts where something is printed that has smooth places of its own. */
const PRINTED_WEIGHT = 0.5;

/**
 * 0..1: how much of the card is hidden by something that isn't the card: in another colour or darker than its ground,
 * or without the fine lines that run all over it.
 *
 * @param sharp whether the picture shows those lines wherever they are.
 */
export function occlusionScore(
  { page, face }: Pick<JudgedDocument, 'page' | 'face'>,
  cells: CardCells,
  light: GroundLight,
  sharp: boolean,
): number {
  const foreign = foreignScore(page, light);
  if (!sharp) return foreign;
  // A portrait in which a face was found is as smooth as its clothes and its skin.
  const printed = page === 'id-card-front' && face !== null ? 0 : PRINTED_WEIGHT;
  const smooth = smoothCoverOf(cells, light, (cell) => (isPrinted(page, cell) ? printed : 1));
  return Math.max(foreign, scoreAgainst(smooth, CUE_LIMITS.smoothCells));
}

function foreignScore(page: JudgedDocument['page'], light: GroundLight): number {
  const foreign = light.brightness.map((brightness, cell) => {
    if (isPrinted(page, cell)) return 0;
    return brightness < DARK || Math.hypot(light.redness[cell]!, light.blueness[cell]!) > FOREIGN_COLOUR ? 1 : 0;
  });
  const covers = groupsOf(foreign, CELL_COLUMNS, CELL_ROWS).filter((group) => group.length >= SMALLEST_CELLS);
  const cells = covers.reduce((sum, group) => sum + group.length, 0);
  return scoreAgainst(cells / (CELL_COLUMNS * CELL_ROWS), CUE_LIMITS.foreignArea);
}

function isPrinted(page: JudgedDocument['page'], cell: number): boolean {
  const [x, y] = [((cell % CELL_COLUMNS) + 0.5) / CELL_COLUMNS, (Math.floor(cell / CELL_COLUMNS) + 0.5) / CELL_ROWS];
  return PRINTED[page].some((box) => x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height);
}
