import { createContext, useContext, useMemo, type ReactNode } from 'react';
import type { StaffMember, StaffRight } from '../../shared/domain/staff.ts';

/** Who has signed in, and what they may do. Main decides; this is for what a page shows. */
export interface Rights {
  readonly staff: StaffMember;
  readonly can: (right: StaffRight) => boolean;
}

const RightsContext = createContext<Rights | null>(null);

export function RightsProvider(props: {
  readonly staff: StaffMember;
  readonly rights: readonly StaffRight[];
  readonly children: ReactNode;
}): ReactNode {
  const { staff, rights } = props;
  const value = useMemo(() => ({ staff, can: (right: StaffRight) => rights.includes(right) }), [staff, rights]);
  return <RightsContext value={value}>{props.children}</RightsContext>;
}

/** Whoever has signed in; null at the door, before anybody has. */
export function useRightsIfAny(): Rights | null {
  return useContext(RightsContext);
}

export function useRights(): Rights {
  const found = useContext(RightsContext);
  if (found === null) throw new Error('nobody has signed in');
  return found;
}
