import nextStepsEn from '../../../../resources/locales/en/next-steps.json' with { type: 'json' };
import noticeEn from '../../../../resources/locales/en/consent-notice.json' with { type: 'json' };
import reasonsEn from '../../../../resources/locales/en/reasons.json' with { type: 'json' };
import nextStepsZhCn from '../../../../resources/locales/zh-CN/next-steps.json' with { type: 'json' };
import noticeZhCn from '../../../../resources/locales/zh-CN/consent-notice.json' with { type: 'json' };
import reasonsZhCn from '../../../../resources/locales/zh-CN/reasons.json' with { type: 'json' };
import { REASON_CODES, NEXT_STEPS } from '../../../shared/reasons.ts';
import { nextStepText, reasonText, type Language } from '../../../shared/reason-texts.ts';
import { kioskEn } from '../../i18n/kiosk-words-en.ts';
import { kioskZhCnElder } from '../../i18n/kiosk-words-zh-cn-elder.ts';
import { kioskZhCn } from '../../i18n/kiosk-words-zh-cn.ts';
import { translator, wordingFor } from '../../i18n/translation.ts';
import { sentencesIn } from '../speech/sentences.ts';
import { spokenText } from '../speech/spoken-text.ts';
import { DOCUMENT_FIXTURES } from './document-fixtures.ts';
import { FIXTURE_NAMES, fixtureProgress, fixtureView } from './fixtures.ts';

interface Tree {
  readonly [name: string]: string | Tree;
}

const WORDS: Readonly<Record<Language, readonly Tree[]>> = {
  'zh-CN': [kioskZhCn, kioskZhCnElder, noticeZhCn, reasonsZhCn, nextStepsZhCn],
  en: [kioskEn, noticeEn, reasonsEn, nextStepsEn],
};

function textsIn(tree: Tree): readonly string[] {
  return Object.values(tree).flatMap((text) => (typeof text === 'string' ? [text] : textsIn(text)));
}

/** Reasons of what only the staff does: no visitor's screen ever shows them. */
const OF_STAFF =
  /^(settings|settings-file|setup|staff|review|printer|speaker|disk|clock|scene|scheme|record|request)\./;

/** Everything that the voice says on any screen, with values and without. */
function everythingSpoken(language: Language, elder: boolean): readonly string[] {
  const t = translator(wordingFor(language, elder));
  const said = [...FIXTURE_NAMES, ...DOCUMENT_FIXTURES].flatMap((name) => {
    const view = fixtureView(name, { language, elder, demo: false });
    const { opening, now } = spokenText(view, fixtureProgress(name), t);
    return [opening, now];
  });
  const reasons = REASON_CODES.filter((code) => !OF_STAFF.test(code)).map((code) =>
    reasonText(code, language, 'person'),
  );
  const steps = NEXT_STEPS.map((step) => nextStepText(step, language, 'person'));
  return [...said, ...reasons, ...steps, t('speech.onScreen')].flatMap((text) => sentencesIn(text, language));
}

/** The sentences that are spoken as the word files have them, without a value: each of them can be recorded. */
export function recordableSentences(language: Language): readonly string[] {
  const written = new Set(
    WORDS[language]
      .flatMap(textsIn)
      .filter((text) => !text.includes('{'))
      .flatMap((text) => sentencesIn(text, language)),
  );
  const everything = [false, true].flatMap((elder) => everythingSpoken(language, elder));
  const spoken = everything.flatMap((sentence) => (written.has(sentence) ? [sentence] : sentence.split(/：|: /u)));
  return [...new Set(spoken.filter((sentence) => written.has(sentence)))].toSorted();
}
