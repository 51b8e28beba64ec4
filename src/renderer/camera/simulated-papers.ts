import { z } from 'zod';
import { isCalendarDate } from '../../shared/domain/calendar-date.ts';

const day = z.string().refine(isCalendarDate);

/** The fields of a demonstration's card: of a person who doesn't exist. */
export const simulatedPapersSchema = z.object({
  name: z.string().min(1).max(30),
  sex: z.enum(['male', 'female']),
  nation: z.string().min(1).max(10),
  birthDate: day,
  address: z.string().min(1).max(100),
  number: z.string().length(18),
  issuer: z.string().min(1).max(40),
  validFrom: day,
  validTo: z.union([day, z.literal('long-term')]),
});
export type SimulatedPapers = z.infer<typeof simulatedPapersSchema>;

const cardFileSchema = z.object({ fields: simulatedPapersSchema });
const LOAD_TIMEOUT_MS = 5_000;

/**
 * The card file that lies beside the clips of a demonstration; null when it can't be had.
 *
 * @param clipUrl of either person: `…/person-a.webm` lies beside `…/card-a.json`.
 */
export async function loadPapers(clipUrl: string, card: 'a' | 'b'): Promise<SimulatedPapers | null> {
  try {
    const response = await fetch(clipUrl.replace(/person-\w+\.webm$/, `card-${card}.json`), {
      signal: AbortSignal.timeout(LOAD_TIMEOUT_MS),
    });
    const parsed = cardFileSchema.safeParse(response.ok ? await response.json() : null);
    return parsed.success ? parsed.data.fields : null;
  } catch {
    return null;
  }
}

/** The clip of the person whose card it is. */
export function clipOfCard(clipUrl: string, card: 'a' | 'b'): string {
  return clipUrl.replace(/person-\w+\.webm$/, `person-${card}.webm`);
}
