import type { Command } from 'commander';
import type { DiagnosisFinding, DiagnosisStep } from '../shared/domain/reader-diagnosis.ts';
import { nextStepText, reasonText, type Language } from '../shared/reason-texts.ts';
import { REASONS } from '../shared/reasons.ts';
import { machineReaders } from '../main/card-reader/machine-readers.ts';
import { systemTiming } from '../main/card-reader/timing.ts';
import { checkPhotoDecoding, photoDecodingFrom, withLibraryOptions, type LibraryOptions } from './card-library.ts';
import { chosenReader, readerChoice, withTransportOptions, type TransportOptions } from './card-transport.ts';
import { languageFrom, withLanguageOption, type LanguageOption } from './language.ts';
import { emitError, emitJson, setExitCode } from './output.ts';

interface TestOptions extends TransportOptions, LibraryOptions, LanguageOption {
  readonly json?: boolean;
}

/** `card test`: goes through a reader's steps and says of each what is wrong and what to do. */
export function registerTest(card: Command): void {
  const test = card.command('test').description('examine a card reader step by step, from its port to its portraits');
  withLanguageOption(withLibraryOptions(withTransportOptions(test)))
    .option('--json', 'one JSON value on standard output')
    .addHelpText('after', '\nEnds with 0 when cards can be read, with 1 when a step failed. Close the kiosk first.')
    .action((options: TestOptions) => examine(options));
}

async function examine(options: TestOptions): Promise<void> {
  const json = options.json === true;
  const language = languageFrom(options);
  if (!language.ok) return emitError(language.error, json);
  const choice = readerChoice(options);
  if (!choice.ok) return emitError(choice.error, json);
  const decoding = photoDecodingFrom(options);
  if (!decoding.ok) return emitError(decoding.error, json);
  const readers = machineReaders(systemTiming);
  const chosen = await chosenReader(choice.value, () => readers.detection.candidates());
  if (!chosen.ok) return emitError(chosen.error, json);
  const diagnosis = await readers.diagnose(chosen.value, decoding.value, {
    checkDecoder: checkPhotoDecoding,
    onFinding: (finding) => {
      if (!json) process.stdout.write(`${findingText(finding, language.value)}\n`);
    },
  });
  if (json) emitJson({ ...diagnosis, findings: diagnosis.findings.map((each) => withWords(each, language.value)) });
  setExitCode(diagnosis.findings.some(({ state }) => state === 'failed') ? 1 : 0);
}

const STEP_WORDS: Readonly<Record<DiagnosisStep, Readonly<Record<Language, string>>>> = {
  found: { en: 'reader is there', 'zh-CN': '找到读卡器' },
  opened: { en: 'may be used', 'zh-CN': '可以打开' },
  answers: { en: 'answers', 'zh-CN': '有应答' },
  authorised: { en: 'security module works', 'zh-CN': '安全模块正常' },
  identified: { en: 'has an id', 'zh-CN': '读到编号' },
  'photo-decoder': { en: 'portraits are decoded', 'zh-CN': '照片可解码' },
};

const STATE_WORDS: Readonly<Record<DiagnosisFinding['state'], Readonly<Record<Language, string>>>> = {
  ok: { en: 'ok', 'zh-CN': '正常' },
  warning: { en: 'warning', 'zh-CN': '注意' },
  failed: { en: 'failed', 'zh-CN': '失败' },
  unknown: { en: 'unknown', 'zh-CN': '未知' },
};

/** A finding in words: state, step and what was seen; below, what is wrong and what to do. */
export function findingText(finding: DiagnosisFinding, language: Language): string {
  const { step, state, detail } = finding;
  const seen = detail === null ? '' : `: ${detail}`;
  const line = `${STATE_WORDS[state][language].padEnd(8)} ${STEP_WORDS[step][language]}${seen}`;
  return [line, ...wordsOf(finding, language).map((words) => `         ${words}`)].join('\n');
}

function wordsOf({ failure }: DiagnosisFinding, language: Language): readonly string[] {
  if (!failure) return [];
  const next = nextStepText(REASONS[failure.code].next, language, 'clerk');
  return [reasonText(failure.code, language, 'clerk'), next].filter((words) => words !== '');
}

function withWords(finding: DiagnosisFinding, language: Language): Record<string, unknown> {
  const [message, hint] = wordsOf(finding, language);
  return { ...finding, ...(message === undefined ? {} : { message }), ...(hint === undefined ? {} : { hint }) };
}
