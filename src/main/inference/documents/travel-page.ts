import type { MachineReadableZone } from '../../../shared/domain/machine-readable-zone.ts';
import type { Failure } from '../../../shared/reasons.ts';
import type { Result } from '../../../shared/result.ts';
import type { Frame } from '../frame.ts';
import type { RectifiedCard, TextEngine } from './contract.ts';
import { findCards } from './outline/find-cards.ts';
import { rectifyCard, turned, wholeAsCard } from './outline/rectify-card.ts';

/** Reads the machine-readable zone in a picture, any side up; `quarterTurns` clockwise make it upright. */
export type ReadZone = (
  picture: Frame,
  engine: TextEngine,
  today: string,
) => Promise<Result<{ readonly zone: MachineReadableZone; readonly quarterTurns: number }, Failure>>;

/** An upright page of a travel document and its zone. */
export interface TravelPage {
  readonly card: RectifiedCard;
  readonly quarterTurns: number;
  readonly zone: MachineReadableZone;
}

/** An open booklet shows two pages; more outlines than that are something else. */
const MOST_CANDIDATES = 2;

/** Looks for a page with a zone: inside of the outlines that are found, then in the whole picture. Null when none has one. */
export async function findTravelPage(
  readZone: ReadZone,
  engine: TextEngine,
  picture: Frame,
  today: string,
): Promise<TravelPage | null> {
  for (const found of findCards(picture).slice(0, MOST_CANDIDATES)) {
    const page = await readPage(readZone, engine, await rectifyCard(picture, found), today);
    if (page) return page;
  }
  const whole = await readZone(picture, engine, today);
  return whole.ok ? upright(await wholeAsCard(picture), whole.value) : null;
}

async function readPage(
  readZone: ReadZone,
  engine: TextEngine,
  card: RectifiedCard,
  today: string,
): Promise<TravelPage | null> {
  const read = await readZone(card.picture, engine, today);
  if (read.ok) return upright(card, read.value);
  card.picture.rgb.fill(0);
  return null;
}

function upright(
  card: RectifiedCard,
  { zone, quarterTurns }: { readonly zone: MachineReadableZone; readonly quarterTurns: number },
): TravelPage {
  const picture = turned(card.picture, quarterTurns);
  if (picture !== card.picture) card.picture.rgb.fill(0);
  return { card: { ...card, picture }, quarterTurns, zone };
}
