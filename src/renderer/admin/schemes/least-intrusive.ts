import type { SchemeEntry } from '../../../shared/ipc/admin-schemes.ts';
import type { Scheme } from '../../../shared/domain/scheme.ts';

/** How much each thing that is taken from a person weighs; only their order matters. */
const WEIGHTS = { face: 8, clip: 4, cardPictures: 4, perhapsCardPictures: 2, bankCard: 2, phone: 1, typed: 1 } as const;

/** How much a scheme takes from the person who stands before it; the smaller, the less. */
export function intrusion(scheme: Scheme): number {
  const { identity, cardPictures, liveness, asks } = scheme;
  const modes = Array.isArray(liveness) ? liveness.length : 1;
  return (
    (liveness === 'none' ? 0 : WEIGHTS.face * modes) +
    (scheme.outputs.includes('clip') ? WEIGHTS.clip : 0) +
    (identity === 'card-pictures' || cardPictures === 'yes' ? WEIGHTS.cardPictures : 0) +
    (cardPictures === 'when-source-unusable' ? WEIGHTS.perhapsCardPictures : 0) +
    (asks.includes('bankCard') ? WEIGHTS.bankCard : 0) +
    (asks.includes('phone') ? WEIGHTS.phone : 0) +
    (identity === 'typed' ? WEIGHTS.typed : 0)
  );
}

/** Schemes that serve the same purpose: done by the same, identified from the same, compared with the same, asked the same. */
function purpose({ actor, identity, reference, check, decides }: Scheme): string {
  return [actor, identity === 'none' ? 'nobody' : 'somebody', reference, check ?? 'none', decides].join(' ');
}

/**
 * Ids of the schemes that ask least of a person for their purpose: only where several that can be used serve it and
 * they don't all ask the same. None for schemes at which nobody is present.
 */
export function leastIntrusive(entries: readonly SchemeEntry[]): ReadonlySet<string> {
  const usable = entries.filter(({ refusal, scheme }) => refusal === null && scheme.actor !== 'caller');
  const best = new Set<string>();
  for (const alike of Map.groupBy(usable, ({ scheme }) => purpose(scheme)).values()) {
    const least = Math.min(...alike.map(({ scheme }) => intrusion(scheme)));
    const chosen = alike.filter(({ scheme }) => intrusion(scheme) === least);
    if (chosen.length < alike.length) for (const { scheme } of chosen) best.add(scheme.id);
  }
  return best;
}
