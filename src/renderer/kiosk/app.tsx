import { useEffect, useLayoutEffect, useMemo, useSyncExternalStore } from 'react';
import type { KioskView } from '../../shared/ipc/kiosk-view.ts';
import { useScan } from './access/use-scan.ts';
import { HearingContext, useHearing } from './access/use-visit.ts';
import { DemoStrip } from './demo-strip.tsx';
import { EnvironmentContext, useWords, WordsContext, wordsOf, type KioskEnvironment } from './environment.ts';
import { IdleWarning } from './idle-warning.tsx';
import { KioskSteps } from './kiosk-steps.tsx';
import { LiveRegion } from './live-region.tsx';
import { ScreenOf } from './screens/screen-of.tsx';
import { StartingScreen } from './screens/starting.tsx';
import { VoiceOf } from './speech/use-voice.ts';
import { TopBar } from './top-bar.tsx';
import { useLook } from '../ui/use-theme.ts';
import { useForgetting } from './use-forgetting.ts';
import { useKeys } from './use-keys.ts';
import type { ViewStore } from './view-store.ts';

/** The kiosk window: what the newest view says, and nothing of its own. */
export function App({ views, environment }: { readonly views: ViewStore; readonly environment: KioskEnvironment }) {
  const view = useSyncExternalStore(views.onChange, views.view);
  const brand = view?.brand;
  const words = useMemo(
    () => wordsOf(view?.language ?? 'zh-CN', brand, view?.elder),
    [view?.language, brand, view?.elder],
  );
  useForgetting(view);
  useLook(brand?.kioskTheme ?? 'system', brand?.accent ?? null);
  return (
    <EnvironmentContext value={environment}>
      <WordsContext value={words}>
        <LiveRegion view={view}>{view ? <Frame view={view} /> : <StartingScreen />}</LiveRegion>
      </WordsContext>
    </EnvironmentContext>
  );
}

function Frame({ view }: { readonly view: KioskView }) {
  const hearing = useHearing(view);
  const { language } = useWords();
  useKeys(view);
  useScan(view);
  useLayoutEffect(() => {
    document.documentElement.lang = language;
    document.documentElement.toggleAttribute('data-elder', view.elder);
    document.documentElement.toggleAttribute('data-low', view.low === true);
  }, [language, view.elder, view.low]);
  // A new title is where a screen reader goes on.
  useEffect(() => {
    document.querySelector('h1')?.focus({ preventScroll: true });
  }, [view.screen]);
  const inLight = view.screen === 'light';
  const asked = view.idleSecondsLeft;
  return (
    <div className="frame" data-light={inLight || undefined}>
      <VoiceOf view={view} hearing={hearing} />
      <div className="frame-rest" inert={asked !== null}>
        <TopBar view={view} hidden={inLight} hearing={hearing} />
        <KioskSteps view={view} />
        <HearingContext value={hearing}>
          <ScreenOf view={view} />
        </HearingContext>
        {view.demo && <DemoStrip demo={view.demo} hidden={inLight} />}
      </div>
      {asked !== null && <IdleWarning seconds={asked} />}
    </div>
  );
}
