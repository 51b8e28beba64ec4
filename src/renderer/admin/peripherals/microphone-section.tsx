import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
import type { Failure } from '../../../shared/reasons.ts';
import { ask } from '../answers.ts';
import { useEnvironment } from '../environment.ts';
import { Mark } from '../parts/mark.tsx';
import { FailureNote } from '../parts/notice.tsx';
import { Section } from '../parts/page.tsx';
import { useWords } from '../words.tsx';
import type { OpenMicrophone } from './sound.ts';

/** Talk before the kiosk is louder than this; a quiet hall isn't. */
const HEARD_FROM = 0.25;

type Listening =
  | { readonly state: 'off' | 'opening' | 'over' }
  | { readonly state: 'on'; readonly level: number; readonly heard: boolean }
  | { readonly state: 'failed'; readonly failure: Failure };

/** Listens for as long as main lets this page, and not a moment longer than the test. */
function useMicrophoneTest() {
  const { bridge, sound } = useEnvironment();
  const [listening, setListening] = useState<Listening>({ state: 'off' });
  const open = useRef<OpenMicrophone | null>(null);
  const end = useRef<ReturnType<typeof setTimeout>>(undefined);
  const round = useRef(0);
  const close = useCallback((): void => {
    round.current += 1;
    clearTimeout(end.current);
    if (open.current !== null) void ask(bridge, 'admin:microphone-test', { on: false });
    open.current?.close();
    open.current = null;
  }, [bridge]);
  useEffect(() => close, [close]);
  const start = async (): Promise<void> => {
    close();
    const mine = round.current;
    setListening({ state: 'opening' });
    const allowed = await ask(bridge, 'admin:microphone-test', { on: true });
    if (mine !== round.current) return;
    if (!allowed.ok) return setListening({ state: 'failed', failure: allowed.error });
    const opened = await sound.listen((level) =>
      setListening((before) => {
        if (mine !== round.current) return before;
        return { state: 'on', level, heard: level >= HEARD_FROM || (before.state === 'on' && before.heard) };
      }),
    );
    if (!opened.ok) {
      if (mine === round.current) setListening({ state: 'failed', failure: opened.error });
      return;
    }
    if (mine !== round.current) return opened.value.close();
    open.current = opened.value;
    end.current = setTimeout(() => {
      close();
      setListening({ state: 'over' });
    }, allowed.value.forMs);
  };
  const stop = (): void => {
    close();
    setListening({ state: 'off' });
  };
  return { listening, start, stop };
}

/** Whether the microphone hears anything, shown as a bar. */
export function MicrophoneSection(): ReactNode {
  const { t } = useWords();
  const { listening, start, stop } = useMicrophoneTest();
  const isOn = listening.state === 'on' || listening.state === 'opening';
  const level = listening.state === 'on' ? Math.round(listening.level * 100) : 0;
  return (
    <Section title={t('peripherals.microphone.title')}>
      <p className="muted">{t('peripherals.microphone.note')}</p>
      <button type="button" className="button" onClick={() => (isOn ? stop() : void start())}>
        {t(isOn ? 'peripherals.microphone.stop' : 'peripherals.microphone.start')}
      </button>
      <div
        className="level-meter"
        role="meter"
        aria-label={t('peripherals.microphone.level')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={level}
      >
        <span className="level-bar" style={{ width: `${level}%` }} />
        <span className="level-mark" style={{ left: `${HEARD_FROM * 100}%` }} />
      </div>
      <div role="status" className="level-words">
        {listening.state === 'opening' ? t('peripherals.microphone.opening') : null}
        {listening.state === 'over' ? t('peripherals.microphone.over') : null}
        {listening.state === 'on' && listening.heard ? (
          <Mark tone="good">{t('peripherals.microphone.heard')}</Mark>
        ) : null}
        {listening.state === 'on' && !listening.heard ? (
          <>
            <p>{t('peripherals.microphone.listening')}</p>
            <p className="muted">{t('peripherals.microphone.nothing')}</p>
          </>
        ) : null}
      </div>
      {listening.state === 'failed' ? <FailureNote failure={listening.failure} /> : null}
    </Section>
  );
}
