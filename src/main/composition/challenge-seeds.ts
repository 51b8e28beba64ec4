import type { Clock } from '../../shared/clock.ts';
import type { ChallengeSeed } from '../../shared/protocol/kv1.ts';

/** Fetches the verifier's seed for a certification; null when it can't be had, for whatever reason. */
export type FetchSeed = (certifyId: string) => Promise<ChallengeSeed | null>;

/** Seeds of the verifier, fetched ahead so that no challenge waits for the network. */
export interface ChallengeSeeds {
  /** Has a seed fetched for this certification unless a good one is there; drops those of another one. */
  prefetch(certifyId: string): void;
  /** The seed that is there, if it is still good, and has the next one fetched. Each is given once. */
  take(certifyId: string): Uint8Array | null;
}

/** A seed that expires sooner than this isn't begun with. */
const LEAST_LEFT_MS = 15_000;

/**
 * Holds one seed of one certification, in memory, and asks for one at a time. One with less than 15 s left isn't given.
 */
export function createChallengeSeeds(clock: Clock, fetchSeed: FetchSeed): ChallengeSeeds {
  let current = '';
  let ready: ChallengeSeed | null = null;
  let fetching = false;

  const fetchNext = (certifyId: string): void => {
    if (fetching) return;
    fetching = true;
    void fetchSeed(certifyId)
      .then((seed) => {
        if (current === certifyId) ready = seed;
      })
      .finally(() => {
        fetching = false;
        // Another certification has begun meanwhile.
        if (current !== certifyId) fetchNext(current);
      });
  };
  const isFresh = (seed: ChallengeSeed): boolean => seed.expiresAtMs - clock.wallMs() >= LEAST_LEFT_MS;
  const prefetch = (certifyId: string): void => {
    if (current === certifyId && ready && isFresh(ready)) return;
    current = certifyId;
    ready = null;
    fetchNext(certifyId);
  };
  return {
    prefetch,
    take: (certifyId) => {
      const seed = current === certifyId && ready && isFresh(ready) ? ready : null;
      ready = null;
      prefetch(certifyId);
      return seed && new Uint8Array(Buffer.from(seed.seed, 'base64url'));
    },
  };
}
