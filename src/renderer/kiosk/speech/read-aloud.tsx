import { Volume2, VolumeX } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { useHeardLevel } from '../access/use-visit.ts';
import { useEnvironment, useWords } from '../environment.ts';
import type { ConsentView } from '../notice-facts.ts';
import { consentSentences, joinSentences } from './spoken-text.ts';
import { useCanSpeak, useListening, useOwnVoice } from './use-voice.ts';

/** Reads what is agreed to, once; absent where the machine has no voice for the language. */
export function ReadAloud({ view }: { readonly view: ConsentView }) {
  const { speaker } = useEnvironment();
  const { t, language } = useWords();
  const [reading, setReading] = useState(false);
  const canSpeak = useCanSpeak();
  const voice = useOwnVoice(view.elder, useHeardLevel());
  useListening(reading);
  useEffect(() => () => speaker?.stop(), [speaker, language]);
  if (!speaker || !canSpeak) return null;
  const toggle = (): void => {
    if (reading) return speaker.stop();
    setReading(true);
    const text = joinSentences(consentSentences(view, t), language);
    speaker.speak(text, voice, () => setReading(false));
  };
  const icon = reading ? <VolumeX strokeWidth={1.75} /> : <Volume2 strokeWidth={1.75} />;
  return (
    <Button kind="quiet" icon={icon} onPress={toggle}>
      {reading ? t('actions.stopListening') : t('actions.listen')}
    </Button>
  );
}
