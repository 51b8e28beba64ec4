import { z } from 'zod';
import { failure, type Failure } from '../../../shared/reasons.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { loadCard } from './card-file.ts';
import type { Deck } from './deck.ts';
import { parseFault } from './fault.ts';
import type { SimulatedReader } from './simulated-reader.ts';

/**
 * What to change: put a card file on (null takes the card off) or the next card of the deck, set a fault (`none` clears
 * it), or a card and a fault at once.
 */
export interface SimulationChange {
  readonly card?: string | null | undefined;
  readonly deck?: 'next' | undefined;
  readonly fault?: string | null | undefined;
}

const changeSchema = z
  .strictObject({
    card: z.string().nullable().optional(),
    deck: z.literal('next').optional(),
    fault: z.string().nullable().optional(),
  })
  .refine((change) => Object.values(change).some((each) => each !== undefined), 'names nothing to change')
  .refine((change) => change.card === undefined || change.deck === undefined, 'names two cards');

/** Applies a change as a whole or, when any part of it is wrong, not at all. */
export async function applyChange(
  reader: SimulatedReader,
  change: SimulationChange,
  deck?: Deck,
): Promise<Result<null, Failure>> {
  const fault = change.fault === undefined ? null : parseFault(change.fault ?? 'none', reader.nowMs);
  if (fault && !fault.ok) return fault;
  const card = typeof change.card === 'string' ? await loadCard(change.card) : null;
  if (card && !card.ok) return card;
  if (change.deck !== undefined && !deck) return err(failure('request.invalid', 'there is no deck'));
  if (change.card === null) reader.removeCard();
  if (card?.ok) reader.insertCard(card.value);
  if (change.deck !== undefined && deck) reader.insertCard(deck.next().card);
  if (fault?.ok) reader.setFault(fault.value);
  return ok(null);
}

/** Reads one line of control input: `{"card":"FILE"}`, `{"card":null}`, `{"deck":"next"}`, `{"fault":"NAME"}`. */
export function parseControlLine(line: string): Result<SimulationChange, Failure> {
  try {
    const parsed = changeSchema.safeParse(JSON.parse(line));
    if (parsed.success) return ok(parsed.data);
  } catch {
    // Falls through to the same answer as JSON of the wrong shape.
  }
  return err(
    failure('request.invalid', 'expected {"card":"FILE"}, {"card":null}, {"deck":"next"} or {"fault":"NAME"}'),
  );
}
