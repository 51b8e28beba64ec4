import { Accessibility, BellRing, Minus, Plus } from 'lucide-react';
import type { KioskView } from '../../../shared/ipc/kiosk-view.ts';
import { useEnvironment, useWords } from '../environment.ts';
import { useCanSpeak } from '../speech/use-voice.ts';
import { VOLUME_STEPS, type Hearing } from './use-visit.ts';

interface ToolsProps {
  readonly view: KioskView;
  readonly hearing: Hearing;
}

/** Language, large text, voice, lower controls and help: on every screen, at the same place. */
export function Tools({ view, hearing }: ToolsProps) {
  const { act } = useEnvironment();
  const { t, language } = useWords();
  const other = language === 'en' ? 'zh-CN' : 'en';
  const { low = false } = view;
  return (
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
      <VoiceTools hearing={hearing} />
      <button
        type="button"
        className="tool tool-signed"
        aria-pressed={low}
        aria-label={t('top.lowName')}
        onClick={() => void act({ type: 'set-low', low: !low })}
      >
        <Accessibility className="tool-sign" strokeWidth={2} aria-hidden="true" />
        {t('top.low')}
      </button>
      <HelpTool called={view.staffCall !== undefined} />
    </div>
  );
}

function VoiceTools({ hearing }: { readonly hearing: Hearing }) {
  const { t } = useWords();
  const canSpeak = useCanSpeak();
  if (!canSpeak) return null;
  const { voiceOn, level, setVoice, setLevel } = hearing;
  return (
    <>
      <button
        type="button"
        className="tool tool-voice"
        aria-pressed={voiceOn}
        aria-label={voiceOn ? t('top.voiceAt', { level, most: VOLUME_STEPS }) : t('top.voice')}
        onClick={() => setVoice(!voiceOn)}
      >
        {t('top.voice')}
        {voiceOn && <Level level={level} />}
      </button>
      {voiceOn && (
        <>
          <button
            type="button"
            className="tool tool-step"
            aria-label={t('top.quieter')}
            disabled={level === 1}
            onClick={() => setLevel(level - 1)}
          >
            <Minus className="tool-sign" aria-hidden="true" />
          </button>
          <button
            type="button"
            className="tool tool-step"
            aria-label={t('top.louder')}
            disabled={level === VOLUME_STEPS}
            onClick={() => setLevel(level + 1)}
          >
            <Plus className="tool-sign" aria-hidden="true" />
          </button>
        </>
      )}
    </>
  );
}

/** As many bars as steps. */
function Level({ level }: { readonly level: number }) {
  return (
    <svg className="tool-level" viewBox="0 0 50 8" aria-hidden="true">
      {Array.from({ length: VOLUME_STEPS }, (_, step) => (
        <rect key={step} x={step * 10 + 1} y="1" width="8" height="6" data-on={step < level || undefined} />
      ))}
    </svg>
  );
}

function HelpTool({ called }: { readonly called: boolean }) {
  const { act } = useEnvironment();
  const { t } = useWords();
  return (
    <button
      type="button"
      className="tool tool-signed"
      aria-pressed={called}
      aria-label={t('top.helpName')}
      onClick={() => void act({ type: 'call-staff' })}
    >
      <BellRing className="tool-sign" strokeWidth={2} aria-hidden="true" />
      {t('top.help')}
    </button>
  );
}
