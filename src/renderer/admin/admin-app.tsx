import { useCallback, useEffect, useMemo, type ReactNode } from 'react';
import type { AdminBridge } from '../../preload/bridge.ts';
import { assertNever } from '../../shared/assert-never.ts';
import type { AdminGate } from '../../shared/ipc/admin.ts';
import { ask, useAnswer, usePolling, type Answer } from './answers.ts';
import { DraftsProvider } from './drafts.tsx';
import { EnvironmentContext, useEnvironment, type AdminEnvironment } from './environment.ts';
import { CreatePin } from './gate/create-pin.tsx';
import { GateFrame } from './gate/gate-frame.tsx';
import { LockedOut } from './gate/locked-out.tsx';
import { SignIn } from './gate/sign-in.tsx';
import { FailureNote } from './parts/notice.tsx';
import { Workspace } from './shell/workspace.tsx';
import { useWords, WordsProvider } from './words.tsx';

const GATE_CHECK_MS = 20_000;

/** The same bridge, but any refused call makes the window ask whether it is still signed in. */
function watched(bridge: AdminBridge, onRefused: () => void): AdminBridge {
  return {
    invoke: async (channel, request) => {
      const result = await ask(bridge, channel, request);
      if (!result.ok) onRefused();
      return result;
    },
  };
}

function SignedIn(props: { readonly gate: Answer<AdminGate> }): ReactNode {
  const environment = useEnvironment();
  const { reload, replace } = props.gate;
  const inner = useMemo(() => ({ ...environment, bridge: watched(environment.bridge, reload) }), [environment, reload]);
  const signOut = useCallback(() => {
    void ask(environment.bridge, 'admin:sign-out', null).then((result) =>
      result.ok ? replace(result.value) : reload(),
    );
  }, [environment, reload, replace]);
  return (
    <EnvironmentContext value={inner}>
      <Workspace onSignOut={signOut} />
    </EnvironmentContext>
  );
}

function Gate(): ReactNode {
  const { t } = useWords();
  const gate = useAnswer('admin:gate', null);
  const { value, failure, reload, replace } = gate;
  usePolling(reload, GATE_CHECK_MS);
  useEffect(() => {
    addEventListener('focus', reload);
    return () => removeEventListener('focus', reload);
  }, [reload]);
  if (value === null) {
    return (
      <GateFrame title={t('gate.openingTitle')} summary={failure === null ? t('state.loading') : ''}>
        {failure === null ? null : <FailureNote failure={failure} onRetry={reload} />}
      </GateFrame>
    );
  }
  switch (value.state) {
    case 'no-pin':
      return <CreatePin onGate={replace} />;
    case 'signed-out':
      return <SignIn triesLeft={value.triesLeft} onGate={replace} />;
    case 'locked':
      return <LockedOut retryInSeconds={value.retryInSeconds} onOver={reload} />;
    case 'signed-in':
      return <SignedIn gate={gate} />;
    default:
      return assertNever(value);
  }
}

/** The admin window: nothing of it shows before somebody has signed in. */
export function AdminApp(props: { readonly environment: AdminEnvironment }): ReactNode {
  return (
    <EnvironmentContext value={props.environment}>
      <WordsProvider>
        <DraftsProvider>
          <Gate />
        </DraftsProvider>
      </WordsProvider>
    </EnvironmentContext>
  );
}
