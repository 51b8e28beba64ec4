import { useState, type ReactNode } from 'react';
import type { Failure } from '../../../shared/reasons.ts';
import { useEnvironment } from '../environment.ts';
import { Mark } from '../parts/mark.tsx';
import { FailureNote, Notice } from '../parts/notice.tsx';
import { Facts, Section } from '../parts/page.tsx';
import { LANGUAGES, translator, type Language } from '../translation.ts';
import { useWords } from '../words.tsx';
import type { SystemVoice } from './sound.ts';
import { useVoices } from './use-voices.ts';

function usable(voices: readonly SystemVoice[], language: Language): readonly SystemVoice[] {
  return voices.filter((voice) => voice.local && voice.language === language);
}

function VoiceNames(props: { readonly voices: readonly SystemVoice[]; readonly language: Language }): ReactNode {
  const { t } = useWords();
  const local = usable(props.voices, props.language);
  const online = props.voices.filter((voice) => !voice.local && voice.language === props.language);
  return (
    <>
      {local.length === 0 ? (
        <Mark tone="warning">{t('peripherals.voices.none')}</Mark>
      ) : (
        <span>{local.map(({ name }) => name).join(', ')}</span>
      )}
      {online.map(({ name }) => (
        <small key={name} className="muted">
          {t('peripherals.voices.online', { name })}
        </small>
      ))}
    </>
  );
}

type Playing = 'no' | Language | 'tone' | 'toned';

/** Which voices there are, and what they and the loudspeaker sound like. */
export function VoicesSection(props: { readonly volume: number }): ReactNode {
  const { t } = useWords();
  const { sound } = useEnvironment();
  const voices = useVoices();
  const [playing, setPlaying] = useState<Playing>('no');
  const [failure, setFailure] = useState<Failure | null>(null);
  const missing = LANGUAGES.filter((language) => usable(voices, language).length === 0);
  const nameOf = (language: Language): string => t(`peripherals.voices.language.${language}`);
  const say = (language: Language): void => {
    setPlaying(language);
    const sentence = translator(language)('peripherals.voices.sentence');
    sound.speak(sentence, { language, volume: props.volume }, () => setPlaying('no'));
  };
  const tone = async (): Promise<void> => {
    setPlaying('tone');
    const played = await sound.tone(props.volume);
    setFailure(played.ok ? null : played.error);
    setPlaying(played.ok ? 'toned' : 'no');
  };
  return (
    <Section title={t('peripherals.voices.title')}>
      <Facts
        facts={LANGUAGES.map((language) => ({
          name: nameOf(language),
          value: <VoiceNames voices={voices} language={language} />,
        }))}
      />
      {missing.length === 0 ? null : (
        <Notice kind="warning">{t('peripherals.voices.warning', { languages: missing.map(nameOf).join(', ') })}</Notice>
      )}
      <div className="button-row">
        {LANGUAGES.map((language) => (
          <button
            key={language}
            type="button"
            className="button"
            disabled={missing.includes(language) || playing === language}
            onClick={() => say(language)}
          >
            {playing === language
              ? t('peripherals.voices.saying')
              : t('peripherals.voices.say', { language: nameOf(language) })}
          </button>
        ))}
        <button type="button" className="button" disabled={playing === 'tone'} onClick={() => void tone()}>
          {t(playing === 'tone' ? 'peripherals.voices.toneRunning' : 'peripherals.voices.tone')}
        </button>
      </div>
      <p role="status">{playing === 'toned' ? t('peripherals.voices.toneDone') : null}</p>
      {failure === null ? null : <FailureNote failure={failure} />}
    </Section>
  );
}
