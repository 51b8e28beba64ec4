import { useMemo, type Dispatch, type ReactNode, type SetStateAction } from 'react';
import { config } from 'zod';
import type { AdminBridge } from '../../preload/bridge.ts';
import type { StaffSession } from '../staff/staff-door.tsx';
import { ask } from './answers.ts';
import { DraftsProvider, type KeptDrafts } from './drafts.tsx';
import { EnvironmentContext, useEnvironment } from './environment.ts';
import { RightsProvider } from './rights.tsx';
import { Workspace } from './shell/workspace.tsx';
import { WordsProvider } from './words.tsx';

// The page forbids evaluated code; without this, schemas would try it once and be reported.
config({ jitless: true });

export type Drafts = readonly [KeptDrafts, Dispatch<SetStateAction<KeptDrafts>>];

/** The same bridge, but any refused call makes the window ask who is still signed in. */
function watched(bridge: AdminBridge, onRefused: () => void): AdminBridge {
  return {
    invoke: async (channel, request) => {
      const result = await ask(bridge, channel, request);
      if (!result.ok) onRefused();
      return result;
    },
  };
}

/** What somebody who has signed in works with; loaded while they sign in. */
export function SignedIn(props: { readonly session: StaffSession; readonly drafts: Drafts }): ReactNode {
  const environment = useEnvironment();
  const { session } = props;
  const [kept, onKeep] = props.drafts;
  const { recheck, staff, rights } = session;
  const inner = useMemo(
    () => ({ ...environment, bridge: watched(environment.bridge, recheck) }),
    [environment, recheck],
  );
  return (
    <EnvironmentContext value={inner}>
      <WordsProvider>
        <RightsProvider staff={staff} rights={rights}>
          <DraftsProvider owner={staff.staffId} kept={kept} onKeep={onKeep}>
            <Workspace session={session} />
          </DraftsProvider>
        </RightsProvider>
      </WordsProvider>
    </EnvironmentContext>
  );
}
