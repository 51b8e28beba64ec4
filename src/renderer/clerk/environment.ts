import { createContext, useContext } from 'react';
import type { ClerkBridge } from '../../preload/bridge.ts';
import type { Clock } from '../../shared/clock.ts';
import type { StaffMember, StaffRight } from '../../shared/domain/staff.ts';

/** The pages of the window. */
export const PAGE_NAMES = ['live', 'queue', 'records'] as const;
export type PageName = (typeof PAGE_NAMES)[number];

/** Everything outside of the page that the clerk's window uses, so that a gallery or a test can stand in for it. */
export interface ClerkEnvironment {
  readonly bridge: ClerkBridge;
  readonly clock: Clock;
  /** Two notes: somebody has called. */
  readonly chime: () => void;
  /** Asks the system to print what the page shows for paper. */
  readonly printPage: () => void;
  /** Where the window begins; absent: at the first page that the person may use. */
  readonly opening?: { readonly page: PageName; readonly certifyId: string | null };
}

export const EnvironmentContext = createContext<ClerkEnvironment | null>(null);

export function useEnvironment(): ClerkEnvironment {
  const environment = useContext(EnvironmentContext);
  if (environment === null) throw new Error('the environment is missing');
  return environment;
}

/** Whoever has signed in at this window. */
export interface Viewer {
  readonly staff: StaffMember;
  readonly rights: readonly StaffRight[];
}

export const ViewerContext = createContext<Viewer | null>(null);

export function useViewer(): Viewer & { readonly may: (right: StaffRight) => boolean } {
  const viewer = useContext(ViewerContext);
  if (viewer === null) throw new Error('nobody has signed in');
  return { ...viewer, may: (right) => viewer.rights.includes(right) };
}
