import { useEffect, useLayoutEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { KioskView } from '../../shared/ipc/kiosk.ts';
import { DemoStrip } from './demo-strip.tsx';
import { EnvironmentContext, useWords, WordsContext, wordsOf, type KioskEnvironment } from './environment.ts';
import { IdleWarning } from './idle-warning.tsx';
import { KioskSteps } from './kiosk-steps.tsx';
import { ScreenOf } from './screens/screen-of.tsx';
import { StartingScreen } from './screens/starting.tsx';
import { VoiceOf } from './speech/use-voice.ts';
import { TopBar } from './top-bar.tsx';
import { useKeys } from './use-keys.ts';
import type { ViewStore } from './view-store.ts';

/** The kiosk window: what the newest view says, and nothing of its own. */
export function App({ views, environment }: { readonly views: ViewStore; readonly environment: KioskEnvironment }) {
  const view = useSyncExternalStore(views.onChange, views.view);
  const words = useMemo(() => wordsOf(view?.language ?? 'zh-CN'), [view?.language]);
  return (
    <EnvironmentContext value={environment}>
      <WordsContext value={words}>{view ? <Frame view={view} /> : <StartingScreen />}</WordsContext>
    </EnvironmentContext>
  );
}

function Frame({ view }: { readonly view: KioskView }) {
  const [voiceOn, setVoiceOn] = useState(false);
  const { language } = useWords();
  useKeys(view);
  useLayoutEffect(() => {
    document.documentElement.lang = language;
    document.documentElement.toggleAttribute('data-elder', view.elder);
  }, [language, view.elder]);
  const [before, setBefore] = useState(view.screen);
  if (view.screen !== before) {
    setBefore(view.screen);
    // The next visitor begins in silence.
    if (view.screen === 'attract') setVoiceOn(false);
  }
  // A new title is where a screen reader goes on.
  useEffect(() => {
    document.querySelector('h1')?.focus({ preventScroll: true });
  }, [view.screen]);
  const inLight = view.screen === 'light';
  const asked = view.idleSecondsLeft;
  return (
    <div className="frame" data-light={inLight || undefined}>
      <VoiceOf view={view} voiceOn={voiceOn} />
      <div className="frame-rest" inert={asked !== null}>
        <TopBar view={view} hidden={inLight} voiceOn={voiceOn} onVoice={setVoiceOn} />
        <KioskSteps view={view} />
        <ScreenOf view={view} />
        {view.demo && <DemoStrip demo={view.demo} hidden={inLight} />}
      </div>
      {asked !== null && <IdleWarning seconds={asked} />}
    </div>
  );
}
