import type { CheckAnswer } from '../../../shared/domain/verification.ts';

/** One visit to the vendor's pages. */
export interface Visit {
  readonly orderId: string;
  readonly openedAtMs: number;
  /** How often its result was read. */
  readonly reads: number;
  readonly answer: (CheckAnswer & { readonly kind: 'settled' }) | null;
}

/** Oldest visits are forgotten beyond this many; a day has fewer at one counter. */
const MOST_VISITS = 2000;

/** Visits by `certifyId`: a result can be read few times and for one day, so it is read once and kept. */
export interface VisitMemory {
  find(certifyId: string): Visit | null;
  keep(certifyId: string, visit: Visit): void;
}

/** In memory alone: a restart forgets every visit. Beyond the limit the one goes that was kept least recently. */
export function createVisitMemory(): VisitMemory {
  const visits = new Map<string, Visit>();
  return {
    find: (certifyId) => visits.get(certifyId) ?? null,
    keep: (certifyId, visit) => {
      visits.delete(certifyId);
      visits.set(certifyId, visit);
      const [oldest] = visits.keys();
      if (visits.size > MOST_VISITS && oldest !== undefined) visits.delete(oldest);
    },
  };
}
