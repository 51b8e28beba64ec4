import { failure } from '../../../shared/reasons.ts';
import { err, ok } from '../../../shared/result.ts';
import type { Language } from '../../../shared/reason-texts.ts';
import type { Sound, SystemVoice } from './sound.ts';

const TONE_HZ = 660;
const TONE_SECONDS = 1;
const FADE_SECONDS = 0.05;

function languageOf(tag: string): Language | null {
  if (tag.startsWith('zh')) return 'zh-CN';
  return tag.startsWith('en') ? 'en' : null;
}

function systemVoices(): readonly SystemVoice[] {
  return speechSynthesis.getVoices().flatMap(({ name, lang, localService }) => {
    const language = languageOf(lang);
    return language === null ? [] : [{ name, language, local: localService }];
  });
}

/** Fades in and out, so that it doesn't click. */
async function playTone(volume: number): Promise<void> {
  const context = new AudioContext();
  try {
    await context.resume();
    const gain = context.createGain();
    const tone = context.createOscillator();
    const beganAt = context.currentTime;
    gain.gain.setValueAtTime(0, beganAt);
    gain.gain.linearRampToValueAtTime(volume, beganAt + FADE_SECONDS);
    gain.gain.setValueAtTime(volume, beganAt + TONE_SECONDS - FADE_SECONDS);
    gain.gain.linearRampToValueAtTime(0, beganAt + TONE_SECONDS);
    tone.frequency.value = TONE_HZ;
    tone.connect(gain).connect(context.destination);
    const ended = new Promise((resolve) => tone.addEventListener('ended', resolve, { once: true }));
    tone.start(beganAt);
    tone.stop(beganAt + TONE_SECONDS);
    await ended;
  } finally {
    await context.close();
  }
}

/** Loudspeaker, voices and microphone through the browser. */
export function deviceSound(): Sound {
  return {
    voices: systemVoices,
    onVoices: (listener) => {
      speechSynthesis.addEventListener('voiceschanged', listener);
      return () => speechSynthesis.removeEventListener('voiceschanged', listener);
    },
    speak: (text, { language, volume }, onEnd) => {
      speechSynthesis.cancel();
      const voice = speechSynthesis.getVoices().find((each) => each.localService && languageOf(each.lang) === language);
      if (!voice) return onEnd();
      const utterance = new SpeechSynthesisUtterance(text);
      utterance.voice = voice;
      utterance.lang = voice.lang;
      utterance.volume = volume;
      utterance.onend = utterance.onerror = () => onEnd();
      speechSynthesis.speak(utterance);
    },
    tone: async (volume) => {
      try {
        await playTone(volume);
        return ok(null);
      } catch (error) {
        return err(failure('speaker.missing', error instanceof Error ? error.name : 'unknown'));
      }
    },
    listen: async (onLevel) => {
      const { openMicrophone } = await import('../../camera/microphone.ts');
      const opened = await openMicrophone({ onLevel, onChunk: ({ pcm }) => void pcm.fill(0) });
      return opened.ok ? ok({ label: '', close: () => opened.value.close() }) : opened;
    },
  };
}
