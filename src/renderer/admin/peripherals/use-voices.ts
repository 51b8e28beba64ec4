import { useEffect, useState } from 'react';
import { useEnvironment } from '../environment.ts';
import type { SystemVoice } from './sound.ts';

/** The voices of this machine, kept up to date: systems load them late. */
export function useVoices(): readonly SystemVoice[] {
  const { sound } = useEnvironment();
  const [voices, setVoices] = useState(() => sound.voices());
  useEffect(() => {
    const reload = (): void => setVoices(sound.voices());
    reload();
    return sound.onVoices(reload);
  }, [sound]);
  return voices;
}
