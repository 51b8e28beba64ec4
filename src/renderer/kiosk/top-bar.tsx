import type { KioskView } from '../../shared/ipc/kiosk.ts';
import { SiteMark } from './art/site-mark.tsx';
import { useEnvironment, useWords } from './environment.ts';
import { useCanSpeak } from './speech/use-voice.ts';
import { useStaffEntrance } from './use-staff-entrance.ts';

interface TopBarProps {
  readonly view: KioskView;
  /** Keeps its place while it isn't shown. */
  readonly hidden: boolean;
  readonly voiceOn: boolean;
  readonly onVoice: (on: boolean) => void;
}

/** Whose kiosk it is, and the switches for language, large text and voice, always in the same corner. */
export function TopBar({ view, hidden, voiceOn, onVoice }: TopBarProps) {
  const { act } = useEnvironment();
  const { t, language } = useWords();
  const canSpeak = useCanSpeak();
  const entrance = useStaffEntrance();
  const other = language === 'en' ? 'zh-CN' : 'en';
  return (
    <header className="top-bar" data-hidden={hidden || undefined}>
      <div className="site" {...entrance}>
        <SiteMark />
        <span className="site-name">{view.siteName}</span>
      </div>
      <div className="tools" role="group" aria-label={t('top.tools')}>
        <button
          type="button"
          className="tool"
          lang={other}
          onClick={() => void act({ type: 'set-language', language: other })}
        >
          {other === 'en' ? t('top.english') : t('top.chinese')}
        </button>
        <button
          type="button"
          className="tool"
          aria-pressed={view.elder}
          onClick={() => void act({ type: 'set-elder', elder: !view.elder })}
        >
          {t('top.elder')}
        </button>
        {canSpeak && (
          <button type="button" className="tool" aria-pressed={voiceOn} onClick={() => onVoice(!voiceOn)}>
            {t('top.voice')}
          </button>
        )}
      </div>
    </header>
  );
}
