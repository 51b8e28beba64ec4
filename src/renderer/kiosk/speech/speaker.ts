import type { Language } from '../../../shared/reason-texts.ts';
import type { Speaker } from './voice.ts';

/** A little slower than talk, for people who listen in a hall. */
const RATE = 0.95;
const SLOW_RATE = 0.8;

/** The operating system's voices. Only local ones: what is read out must not leave the device. */
export function systemSpeaker(synthesis: SpeechSynthesis): Speaker {
  const voiceOf = (language: Language): SpeechSynthesisVoice | undefined => {
    const prefix = language === 'zh-CN' ? 'zh' : 'en';
    const voices = synthesis.getVoices().filter((voice) => voice.localService && voice.lang.startsWith(prefix));
    return voices.find((voice) => voice.lang.replace('_', '-') === language) ?? voices[0];
  };
  return {
    canSpeak: (language) => voiceOf(language) !== undefined,
    onVoices: (listener) => {
      synthesis.addEventListener('voiceschanged', listener);
      return () => synthesis.removeEventListener('voiceschanged', listener);
    },
    speak: (text, { language, slow, volume }, onEnd) => {
      synthesis.cancel();
      const voice = voiceOf(language);
      if (!voice) return onEnd?.();
      const utterance = new SpeechSynthesisUtterance(text);
      utterance.voice = voice;
      utterance.lang = language;
      utterance.volume = volume;
      utterance.rate = slow ? SLOW_RATE : RATE;
      if (onEnd) utterance.onend = utterance.onerror = onEnd;
      synthesis.speak(utterance);
    },
    stop: () => synthesis.cancel(),
  };
}
