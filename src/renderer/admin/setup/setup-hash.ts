import { useSyncExternalStore } from 'react';

const SETUP_HASH = '#setup';

function onHashChange(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
}

/** Whether the address asks for the set-up. */
export function useSetupAsked(): boolean {
  return useSyncExternalStore(onHashChange, () => location.hash === SETUP_HASH);
}

export function openSetup(): void {
  location.hash = SETUP_HASH;
}
