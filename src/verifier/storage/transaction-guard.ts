import { AsyncLocalStorage } from 'node:async_hooks';

/** Keeps work inside of a transaction from using the database around it, which would wait for itself for ever. */
export interface TransactionGuard {
  run<T>(work: () => Promise<T>): Promise<T>;
  assertOutside(): void;
}

/** Follows the promises that begin within `run`. One for each database; `assertOutside` throws, since that is a bug. */
export function createTransactionGuard(): TransactionGuard {
  const inside = new AsyncLocalStorage<true>();
  return {
    run: (work) => inside.run(true, work),
    assertOutside: () => {
      if (inside.getStore() === true) throw new Error('inside a transaction only its own queries may be used');
    },
  };
}
