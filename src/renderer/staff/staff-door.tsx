import { lazy, Suspense, useCallback, useMemo, type ReactNode } from 'react';
import { assertNever } from '../../shared/assert-never.ts';
import type { StaffMember, StaffRight } from '../../shared/domain/staff.ts';
import type { OwnSecretChange, StaffGate } from '../../shared/ipc/staff.ts';
import type { Language } from '../../shared/reason-texts.ts';
import type { Failure } from '../../shared/reasons.ts';
import { DoorFrame } from './door-frame.tsx';
import { StaffFailure } from './failure-note.tsx';
import { LockedOut } from './locked-out.tsx';
import { SignIn } from './sign-in.tsx';
import type { StaffBridge } from './staff-bridge.ts';
import { StaffWordsProvider, useStaffWords } from './staff-words.tsx';
import { useGate, type Gate } from './use-gate.ts';

// Needed once in the life of an installation.
const FirstAdministrator = lazy(() =>
  import('./first-administrator.tsx').then((loaded) => ({ default: loaded.FirstAdministrator })),
);

/** Somebody who has signed in at this window, and what they can do about it. */
export interface StaffSession {
  readonly staff: StaffMember;
  readonly rights: readonly StaffRight[];
  readonly signOut: () => void;
  /** Why not, where it didn't work. */
  readonly changeOwnSecret: (change: OwnSecretChange) => Promise<Failure | null>;
  /** Asks main anew who is here; for when a call was refused. */
  readonly recheck: () => void;
}

interface DoorProps {
  readonly bridge: StaffBridge;
  readonly language: Language;
  /** What main has said of the door before it was drawn, if it has. */
  readonly known?: StaffGate | null;
  /** The window's mark and language switch, above the forms. */
  readonly top: ReactNode;
  readonly children: (session: StaffSession) => ReactNode;
}

function useSession(
  bridge: StaffBridge,
  { reload, replace }: Gate,
): Pick<StaffSession, 'signOut' | 'recheck' | 'changeOwnSecret'> {
  const signOut = useCallback(() => {
    void bridge.signOut().then((gate) => (gate.ok ? replace(gate.value) : reload()));
  }, [bridge, reload, replace]);
  const changeOwnSecret = useCallback(
    async (change: OwnSecretChange): Promise<Failure | null> => {
      const gate = await bridge.changeOwnSecret(change);
      if (gate.ok) replace(gate.value);
      else if (gate.error.code !== 'staff.wrong-secret') reload();
      return gate.ok ? null : gate.error;
    },
    [bridge, reload, replace],
  );
  return useMemo(() => ({ signOut, changeOwnSecret, recheck: reload }), [signOut, changeOwnSecret, reload]);
}

function Opening(props: { readonly top: ReactNode; readonly gate: Gate }): ReactNode {
  const { t } = useStaffWords();
  const { failure, reload } = props.gate;
  return (
    <DoorFrame
      top={props.top}
      title={t('door.openingTitle')}
      summary={failure === null ? t('door.opening') : ''}
      busy={failure === null}
    >
      {failure === null ? null : <StaffFailure failure={failure} onRetry={reload} />}
    </DoorFrame>
  );
}

function Opened(props: DoorProps & { readonly gate: Gate; readonly value: StaffGate }): ReactNode {
  const { bridge, top, gate, value } = props;
  const session = useSession(bridge, gate);
  switch (value.state) {
    case 'no-staff':
      return (
        <Suspense fallback={<Opening top={top} gate={gate} />}>
          <FirstAdministrator bridge={bridge} top={top} onGate={gate.replace} />
        </Suspense>
      );
    case 'signed-out':
      return (
        <SignIn bridge={bridge} choices={value.choices} top={top} onGate={gate.replace} onLockOver={gate.reload} />
      );
    case 'locked':
      return (
        <LockedOut
          key={value.retryInSeconds}
          retryInSeconds={value.retryInSeconds}
          clock={bridge.clock}
          top={top}
          onOver={gate.reload}
        />
      );
    case 'signed-in':
      return (
        <Suspense fallback={<Opening top={top} gate={gate} />}>
          {props.children({ ...session, staff: value.staff, rights: value.rights })}
        </Suspense>
      );
    default:
      return assertNever(value);
  }
}

function Door(props: DoorProps): ReactNode {
  const gate = useGate(props.bridge, props.known ?? null);
  return gate.value === null ? (
    <Opening top={props.top} gate={gate} />
  ) : (
    <Opened {...props} gate={gate} value={gate.value} />
  );
}

/** A window of the staff: nothing of it shows before somebody has signed in. */
export function StaffDoor(props: DoorProps): ReactNode {
  return (
    <StaffWordsProvider language={props.language}>
      <Door {...props} />
    </StaffWordsProvider>
  );
}
