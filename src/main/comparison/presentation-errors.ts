import { upperErrorRate, wilsonInterval, type Interval } from './intervals.ts';

/** One presentation to the camera whose truth is known: a still or a clip, with the live score it got. */
export interface PresentationScore {
  readonly label: 'live' | 'spoof';
  /** The kind of attack instrument (ISO/IEC 30107-3: PAI species), or of live presentation. */
  readonly species: string;
  /** 0..1; null where no face was found, so that there was nothing to score. */
  readonly liveScore: number | null;
}

/** Errors over the presentations of one species. */
export interface SpeciesErrors {
  readonly species: string;
  readonly presentations: number;
  readonly errors: number;
  readonly rate: number;
  readonly interval: Interval;
  /** 95 %, one-sided. */
  readonly upperLimit: number;
  /** Presentations without a face: refused, so no attack's success and no live person's pass. */
  readonly withoutFace: number;
}

/** ISO/IEC 30107-3 error rates at one threshold. Null where nothing of that label was presented. */
export interface PresentationErrors {
  readonly threshold: number;
  /** Attacks taken for live, each species by itself: pooling would hide the one that works. */
  readonly attacks: readonly SpeciesErrors[];
  readonly live: SpeciesErrors | null;
  /** APCER of the worst species. */
  readonly worstAttackRate: number | null;
  /** Mean of the worst APCER and the BPCER. */
  readonly averageErrorRate: number | null;
}

/** Judges presentations at a threshold: live from it on. One without a face is not accepted. */
export function presentationErrors(scores: readonly PresentationScore[], threshold: number): PresentationErrors {
  const accepted = ({ liveScore }: PresentationScore): boolean => liveScore !== null && liveScore >= threshold;
  const spoofs = scores.filter(({ label }) => label === 'spoof');
  const attacks = [...new Set(spoofs.map(({ species }) => species))].sort().map((species) =>
    errorsOf(
      species,
      spoofs.filter((score) => score.species === species),
      accepted,
    ),
  );
  const bonaFide = scores.filter(({ label }) => label === 'live');
  const live = bonaFide.length === 0 ? null : errorsOf('live', bonaFide, (score) => !accepted(score));
  const worstAttackRate = attacks.length === 0 ? null : Math.max(...attacks.map(({ rate }) => rate));
  const averageErrorRate = worstAttackRate === null || live === null ? null : (worstAttackRate + live.rate) / 2;
  return { threshold, attacks, live, worstAttackRate, averageErrorRate };
}

function errorsOf(
  species: string,
  scores: readonly PresentationScore[],
  isError: (score: PresentationScore) => boolean,
): SpeciesErrors {
  const errors = scores.filter(isError).length;
  return {
    species,
    presentations: scores.length,
    errors,
    rate: errors / scores.length,
    interval: wilsonInterval(errors, scores.length),
    upperLimit: upperErrorRate(errors, scores.length),
    withoutFace: scores.filter(({ liveScore }) => liveScore === null).length,
  };
}
