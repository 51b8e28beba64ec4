import { failure } from '../../../shared/reasons.ts';
import { err, ok } from '../../../shared/result.ts';
import type { LivePicture } from '../../camera/live-picture.ts';
import type { Sound } from '../peripherals/sound.ts';
import type { GalleryCase } from './gallery-case.ts';

/** A camera that does as it promises, until its track ends. */
export function fixtureLivePicture(stream: MediaStream): LivePicture {
  return {
    rate: () => ({ perSecond: 29.7, dropped: 2 }),
    exposure: () => ({ mode: 'continuous', timeMs: 15.6, promised: 30 }),
    grab: () => Promise.resolve(ok(new Uint8Array([1]))),
    onLost: (callback) => {
      const ended = (): void => callback(failure('camera.lost'));
      const [track] = stream.getVideoTracks();
      track?.addEventListener('ended', ended);
      return () => track?.removeEventListener('ended', ended);
    },
  };
}

const VOICES = [
  { name: 'Tingting', language: 'zh-CN', local: true },
  { name: 'Samantha', language: 'en', local: true },
] as const;

/** Sound as the gallery has it; where it is troubled there is neither a Chinese voice nor a microphone. */
export function fixtureSound(which: GalleryCase): Sound {
  const voices = which === 'troubled' ? VOICES.slice(1) : which === 'empty' ? [] : VOICES;
  return {
    voices: () => voices,
    onVoices: () => () => undefined,
    speak: (_text, _options, onEnd) => onEnd(),
    tone: () => Promise.resolve(ok(null)),
    listen: (onLevel) => {
      if (which !== 'normal') return Promise.resolve(err(failure('microphone.missing', 'NotFoundError')));
      onLevel(0.42);
      return Promise.resolve(ok({ label: 'Array Microphone', close: () => undefined }));
    },
  };
}
