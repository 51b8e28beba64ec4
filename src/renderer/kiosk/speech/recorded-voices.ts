import en from '../../../../resources/voice/en/index.json' with { type: 'json' };
import zhCn from '../../../../resources/voice/zh-CN/index.json' with { type: 'json' };
import { translator } from '../../i18n/translation.ts';
import type { Recordings } from './recordings.ts';
import { recordedSpeaker } from './recorded-speaker.ts';
import type { Speaker } from './voice.ts';

/** Addresses of the recordings by their paths; never inlined, since the page takes sound from its own origin alone. */
const ADDRESSES = import.meta.glob<string>('../../../../resources/voice/*/*.ogg', {
  query: '?url&no-inline',
  import: 'default',
  eager: true,
});

function recordingsOf(language: string, index: Readonly<Record<string, string>>): Recordings {
  const pairs = Object.entries(index).map(
    ([sentence, file]) => [sentence, ADDRESSES[`../../../../resources/voice/${language}/${file}.ogg`]] as const,
  );
  return new Map(pairs.filter((pair): pair is [string, string] => pair[1] !== undefined));
}

/** The recorded sentences that come with the program. */
export function packagedVoices(): Speaker {
  return recordedSpeaker(
    { 'zh-CN': recordingsOf('zh-CN', zhCn), en: recordingsOf('en', en) },
    (language) => translator(language)('speech.onScreen'),
    (address) => new Audio(address),
  );
}
