import type { SchemeEntry } from '../../../shared/ipc/admin-schemes.ts';
import { partsOf } from '../../../shared/domain/liveness-mode.ts';
import type { Scheme } from '../../../shared/domain/scheme.ts';

/** How much each thing that is taken from a person weighs; only their order matters. */
const WEIGHTS = {
  face: 16,
  clip: 4,
  cardPictures: 4,
  perhapsCardPictures: 2,
  bankCard: 2,
  phone: 1,
  typed: 1,
} as const;

/** Digits take the voice as well, actions take time; looking at the screen takes neither. */
function livenessWeight(liveness: Scheme['liveness']): number {
  if (liveness === 'none') return 0;
  if (liveness === 'scene') return WEIGHTS.face;
  const kinds = liveness.flatMap((mode) => partsOf(mode)).map(({ kind }) => kind);
  return WEIGHTS.face + (kinds.length - 1) + (kinds.includes('digits') ? 2 : 0) + (kinds.includes('action') ? 1 : 0);
}

/** How much a scheme takes from the person who stands before it; the smaller, the less. */
export function intrusion(scheme: Scheme): number {
  const { identity, cardPictures, liveness, asks } = scheme;
  return (
    livenessWeight(liveness) +
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
