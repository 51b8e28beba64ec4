import { useMemo, useState, type ReactNode } from 'react';
import type { ClerkBridge } from '../../preload/bridge.ts';
import type { Clock } from '../../shared/clock.ts';
import { DEFAULT_BRAND } from '../../shared/domain/brand-default.ts';
import type { KioskTheme } from '../../shared/domain/brand.ts';
import type { StaffBridge } from '../staff/staff-bridge.ts';
import { StaffDoor, type StaffSession } from '../staff/staff-door.tsx';
import { useLook } from '../ui/use-theme.ts';
import { ask, useAnswer } from './answers.ts';
import { EnvironmentContext, useEnvironment, ViewerContext, type ClerkEnvironment } from './environment.ts';
import { LanguageButton } from './shell/language-button.tsx';
import { SiteMark } from './shell/site-mark.tsx';
import { Workspace } from './shell/workspace.tsx';
import { useWords, WordsProvider } from './words.tsx';

function staffBridgeOf(bridge: ClerkBridge, clock: Clock): StaffBridge {
  return {
    clock,
    gate: () => ask(bridge, 'clerk:gate', null),
    createFirst: (first) => ask(bridge, 'clerk:create-first', first),
    signIn: (credentials) => ask(bridge, 'clerk:sign-in', credentials),
    signOut: () => ask(bridge, 'clerk:sign-out', null),
    changeOwnSecret: (change) => ask(bridge, 'clerk:change-own-secret', change),
  };
}

/** The same bridge, but any refused call makes the window ask who is still signed in. */
function watched(bridge: ClerkBridge, onRefused: () => void): ClerkBridge {
  return {
    onChange: (listener) => bridge.onChange(listener),
    invoke: async (channel, request) => {
      const result = await ask(bridge, channel, request);
      if (!result.ok && result.error.code.startsWith('staff.')) onRefused();
      return result;
    },
  };
}

function SignedIn(props: { readonly session: StaffSession; readonly logo: string | null }): ReactNode {
  const environment = useEnvironment();
  const { staff, rights, recheck, signOut } = props.session;
  const inner = useMemo(
    () => ({ ...environment, bridge: watched(environment.bridge, recheck) }),
    [environment, recheck],
  );
  const viewer = useMemo(() => ({ staff, rights }), [staff, rights]);
  return (
    <EnvironmentContext value={inner}>
      <ViewerContext value={viewer}>
        <Workspace key={staff.staffId} logo={props.logo} onSignOut={signOut} />
      </ViewerContext>
    </EnvironmentContext>
  );
}

/** As it was chosen at the admin window of this machine. */
function rememberedTheme(): KioskTheme {
  const found = localStorage.getItem('countersign.staff.theme');
  return found === 'light' || found === 'dark' ? found : 'system';
}

function Door(): ReactNode {
  const { t, language } = useWords();
  const { bridge, clock } = useEnvironment();
  const staffBridge = useMemo(() => staffBridgeOf(bridge, clock), [bridge, clock]);
  const { value } = useAnswer('clerk:brand', null);
  const brand = value ?? DEFAULT_BRAND;
  const [theme] = useState(rememberedTheme);
  useLook(theme, brand.accent);
  return (
    <StaffDoor
      bridge={staffBridge}
      language={language}
      top={
        <>
          <span className="clerk-mark">
            <SiteMark logo={brand.logo} /> {t('app.name')}
          </span>
          <LanguageButton />
        </>
      }
    >
      {(session) => <SignedIn session={session} logo={brand.logo} />}
    </StaffDoor>
  );
}

/** The clerk's window: nothing of it shows before somebody has signed in. */
export function ClerkApp(props: { readonly environment: ClerkEnvironment }): ReactNode {
  return (
    <EnvironmentContext value={props.environment}>
      <WordsProvider>
        <Door />
      </WordsProvider>
    </EnvironmentContext>
  );
}
