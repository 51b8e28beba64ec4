import type { DigitsChallenge } from '../../shared/domain/challenge.ts';
import type { SpokenLanguage } from '../../shared/domain/digit-liveness.ts';
import { uniformInt, type RandomBytes } from './random-choice.ts';

export const DIGIT_COUNT = 4;

/** The first digit appears this long after the first frame: the person has settled, and the noise is known. */
const FIRST_REVEAL_MS = [500, 900] as const;
/** Time between two reveals: nobody who recorded the answer before knows it. */
const REVEAL_STEP_MS = [700, 1_300] as const;
const NONCE_BYTES = 16;

/** Digits that are easily taken for each other when spoken: 一 qī-like yī/七, 二 èr/八 bā on poor audio, 六 liù/九 jiǔ. */
const CONFUSABLE: Readonly<Record<number, number>> = { 1: 7, 7: 1, 6: 9, 9: 6, 2: 8, 8: 2 };

/** Whether two digits may follow each other: neither the same (a recogniser may merge them) nor easily confused. */
export function mayFollow(before: number, digit: number): boolean {
  return before !== digit && CONFUSABLE[before] !== digit;
}

export interface DigitsChallengeRequest {
  /** Cryptographically strong outside of tests. */
  readonly randomBytes: RandomBytes;
  readonly language: SpokenLanguage;
  /** 4–8. */
  readonly count?: number;
}

/**
 * Draws digits to read aloud and when each appears. Times of issue and expiry are the caller's to add. Of the 10,000
 * four-digit strings 5,964 can come.
 */
export function issueDigitsChallenge(request: DigitsChallengeRequest): DigitsChallenge {
  const { randomBytes, language, count = DIGIT_COUNT } = request;
  const nonce = Buffer.from(randomBytes(NONCE_BYTES)).toString('hex');
  const digits: number[] = [];
  while (digits.length < count) {
    const digit = uniformInt(randomBytes, 10);
    const before = digits.at(-1);
    if (before === undefined || mayFollow(before, digit)) digits.push(digit);
  }
  const revealMs: number[] = [];
  for (let i = 0; i < count; i++) {
    const before = revealMs.at(-1);
    revealMs.push(
      before === undefined ? uniformMs(randomBytes, FIRST_REVEAL_MS) : before + uniformMs(randomBytes, REVEAL_STEP_MS),
    );
  }
  return { kind: 'digits', nonce, digits: digits.join(''), revealMs, language };
}

/** A whole number of milliseconds in the range, both ends possible. */
function uniformMs(randomBytes: RandomBytes, [least, most]: readonly [number, number]): number {
  const [high, low] = randomBytes(2);
  return least + Math.round(((most - least) * (256 * high! + low!)) / 65_535);
}
