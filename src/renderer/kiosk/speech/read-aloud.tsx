import { Volume2, VolumeX } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { useEnvironment, useWords } from '../environment.ts';
import { consentSentences, joinSentences, type ConsentFacts } from './spoken-text.ts';
import { useCanSpeak } from './use-voice.ts';

interface ReadAloudProps extends ConsentFacts {
  readonly elder: boolean;
}

/** Reads what is agreed to, once; absent where the machine has no voice for the language. */
export function ReadAloud({ elder, ...facts }: ReadAloudProps) {
  const { speaker } = useEnvironment();
  const { t, language } = useWords();
  const [reading, setReading] = useState(false);
  const canSpeak = useCanSpeak();
  useEffect(() => () => speaker?.stop(), [speaker, language]);
  if (!speaker || !canSpeak) return null;
  const toggle = (): void => {
    if (reading) return speaker.stop();
    setReading(true);
    const text = joinSentences(consentSentences(facts, t), language);
    speaker.speak(text, { language, slow: elder }, () => setReading(false));
  };
  const icon = reading ? <VolumeX strokeWidth={1.75} /> : <Volume2 strokeWidth={1.75} />;
  return (
    <Button kind="quiet" icon={icon} onPress={toggle}>
      {reading ? t('actions.stopListening') : t('actions.listen')}
    </Button>
  );
}
