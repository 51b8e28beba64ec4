import { ATTACK_KINDS, splitOf, type ClipRequest, type Identity, type Presentation, type Split } from './corpus.ts';
import { seeded } from './seeded.ts';

/** How much is simulated. */
export interface TrialCounts {
  readonly genuine: number;
  /** Of each kind. */
  readonly attacks: number;
  readonly wrongCodes: number;
}

export const FULL: TrialCounts = { genuine: 500, attacks: 200, wrongCodes: 10_000 };
export const QUICK: TrialCounts = { genuine: 16, attacks: 4, wrongCodes: 160 };

/** One presentation and, for a genuine one, how many wrong codes it is held against. */
export interface Trial {
  readonly request: ClipRequest;
  readonly wrongCodes: number;
}

/** One in four people asks for less flashing. */
const GENTLE_SHARE = 0.25;

/** Everything to simulate for a half of the corpus; the same for the same seed and identities. */
export function planTrials(
  identities: readonly Identity[],
  split: Split,
  counts: TrialCounts,
  seed: number,
): readonly Trial[] {
  const people = identities.filter((identity) => splitOf(identity, 'genuine') === split);
  if (new Set(people.map(({ person }) => person)).size < 2) throw new Error(`too few persons in the ${split} half`);
  const random = seeded('plan', seed, split);
  const trial = (attack: Presentation, index: number, wrongCodes: number): Trial => {
    const identity = people[index % people.length]!;
    const others = people.filter(({ person }) => person !== identity.person);
    const palette = random.chance(GENTLE_SHARE) ? 'gentle' : 'vivid';
    return { request: { seed: `${seed}/${index}`, identity, attack, other: random.pick(others), palette }, wrongCodes };
  };
  const wrong = (index: number): number =>
    Math.floor(((index + 1) * counts.wrongCodes) / counts.genuine) -
    Math.floor((index * counts.wrongCodes) / counts.genuine);
  return [
    ...Array.from({ length: counts.genuine }, (_, i) => trial('genuine', i, wrong(i))),
    ...ATTACK_KINDS.flatMap((kind) => Array.from({ length: counts.attacks }, (_, i) => trial(kind, i, 0))),
  ];
}
