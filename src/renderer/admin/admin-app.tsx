import { lazy, useEffect, useMemo, useState, type ReactNode } from 'react';
import type { StaffGate } from '../../shared/ipc/staff.ts';
import { StaffDoor } from '../staff/staff-door.tsx';
import { LookProvider } from './brand/brand-context.tsx';
import { NO_DRAFTS } from './drafts.tsx';
import { EnvironmentContext, useEnvironment, type AdminEnvironment } from './environment.ts';
import { staffBridgeOf } from './gate/admin-door.ts';
import { LanguageSwitch } from './shell/language-switch.tsx';
import { SiteMark } from './shell/site-mark.tsx';
import { doorTranslator } from './words/door-words.ts';
import { LanguageProvider, useLanguage } from './language.tsx';

/** Loaded while somebody signs in, so that the door is there at once. */
const loadSignedIn = () => import('./signed-in.tsx');
const SignedIn = lazy(() => loadSignedIn().then((loaded) => ({ default: loaded.SignedIn })));
const AFTER_THE_DOOR_MS = 500;

function Door(props: { readonly known: StaffGate | null }): ReactNode {
  const { language } = useLanguage();
  const { bridge, clock } = useEnvironment();
  const staffBridge = useMemo(() => staffBridgeOf(bridge, clock), [bridge, clock]);
  const drafts = useState(NO_DRAFTS);
  useEffect(() => {
    const timer = setTimeout(() => void loadSignedIn(), AFTER_THE_DOOR_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <StaffDoor
      bridge={staffBridge}
      language={language}
      known={props.known}
      top={
        <>
          <span className="brand">
            <SiteMark /> {doorTranslator(language)('app.name')}
          </span>
          <LanguageSwitch />
        </>
      }
    >
      {(session) => <SignedIn session={session} drafts={drafts} />}
    </StaffDoor>
  );
}

/** The admin window: nothing of it shows before somebody has signed in. */
export function AdminApp(props: {
  readonly environment: AdminEnvironment;
  /** What main has said of the door before the window was drawn, if it has. */
  readonly known?: StaffGate | null;
}): ReactNode {
  return (
    <EnvironmentContext value={props.environment}>
      <LanguageProvider>
        <LookProvider>
          <Door known={props.known ?? null} />
        </LookProvider>
      </LanguageProvider>
    </EnvironmentContext>
  );
}
