import type { ReadCharacter } from '../contract.ts';

/** A reading of a part of a row; positions are pixels along the row. */
export interface RowReading {
  readonly from: number;
  readonly to: number;
  readonly digits: readonly PlacedDigit[];
}

export interface PlacedDigit {
  /** Of its middle. */
  readonly at: number;
  /** Probability of each digit 0..9. */
  readonly odds: readonly number[];
}

/** What the readings together say of one place. */
export interface VotedDigit {
  readonly at: number;
  readonly digit: string;
  /** Mean probability of that digit over the readings that cover the place; nothing read there counts 0. */
  readonly confidence: number;
  /** The next best digit and its mean probability; confidence 0 where there is none. */
  readonly second: { readonly digit: string; readonly confidence: number };
}

export interface Vote {
  readonly digits: readonly VotedDigit[];
  /** The greatest share of readings that see a digit where the vote has none. */
  readonly stray: number;
}

/** Digits of one place lie within this share of the usual distance between neighbours. */
const SAME_PLACE = 0.5;
/** A digit stands where the mean probability that there is one, whichever, reaches this. */
const STANDS = 0.45;

/** What is a digit with less than this is none. */
const LEAST_ODDS = 0.05;

/** The digits of a line that was read over a part of a row. */
export function placedDigits(characters: readonly ReadCharacter[], from: number, to: number): PlacedDigit[] {
  return characters.flatMap(({ text, confidence, at, others }) => {
    const odds = Array<number>(10).fill(0);
    for (const one of [{ text, confidence }, ...others]) {
      if (/^\d$/.test(one.text)) odds[Number(one.text)] = one.confidence;
    }
    return Math.max(...odds) >= LEAST_ODDS ? [{ at: from + at * (to - from), odds }] : [];
  });
}

/** Puts readings of a row together, place by place. Null when no reading has a digit. */
export function voted(readings: readonly RowReading[]): Vote | null {
  const pitch = pitchOf(readings);
  if (pitch === null) return null;
  const digits: VotedDigit[] = [];
  let stray = 0;
  for (const place of placesOf(readings, pitch)) {
    const covering = readings.filter(({ from, to }) => place.at > from + 0.2 * pitch && place.at < to - 0.2 * pitch);
    const sums = Array<number>(10).fill(0);
    let present = 0;
    for (const reading of covering) {
      const seen = place.seen.filter((one) => one.reading === reading).map(({ digit }) => digit);
      const most = sums.map((_, digit) => Math.max(0, ...seen.map(({ odds }) => odds[digit]!)));
      most.forEach((odd, digit) => (sums[digit] = sums[digit]! + odd / covering.length));
      present += seen.length > 0 ? 1 / covering.length : 0;
    }
    const ranked = sums.map((confidence, digit) => ({ digit: String(digit), confidence }));
    ranked.sort((a, b) => b.confidence - a.confidence);
    if (present >= STANDS) {
      digits.push({ at: place.at, ...ranked[0]!, confidence: Math.min(1, ranked[0]!.confidence), second: ranked[1]! });
    } else stray = Math.max(stray, present);
  }
  return digits.length === 0 ? null : { digits, stray };
}

/** The usual distance between neighbouring digits: the median over the readings, so that gaps don't count. */
function pitchOf(readings: readonly RowReading[]): number | null {
  const distances = readings.flatMap(({ digits }) => digits.slice(1).map(({ at }, i) => at - digits[i]!.at));
  if (distances.length === 0) return readings.some(({ digits }) => digits.length > 0) ? 40 : null;
  distances.sort((a, b) => a - b);
  return distances[distances.length >> 1]!;
}

interface Place {
  at: number;
  readonly seen: { readonly reading: RowReading; readonly digit: PlacedDigit }[];
}

/** Groups digits of all the readings by where they stand; the readings with the most digits lay the places. */
function placesOf(readings: readonly RowReading[], pitch: number): readonly Place[] {
  const places: Place[] = [];
  for (const reading of [...readings].sort((a, b) => b.digits.length - a.digits.length)) {
    for (const digit of reading.digits) {
      const near = places
        .filter(({ at }) => Math.abs(at - digit.at) < SAME_PLACE * pitch)
        .sort((a, b) => Math.abs(a.at - digit.at) - Math.abs(b.at - digit.at))[0];
      if (!near) places.push({ at: digit.at, seen: [{ reading, digit }] });
      else {
        near.seen.push({ reading, digit });
        near.at += (digit.at - near.at) / near.seen.length;
      }
    }
  }
  return places.sort((a, b) => a.at - b.at);
}
