import type { Command } from 'commander';
import type { Language } from '../shared/reason-texts.ts';
import { err, ok, type Result } from '../shared/result.ts';
import { usageProblem, type UsageProblem } from './output.ts';

export interface LanguageOption {
  readonly lang?: string;
}

/** Adds `--lang`. */
export function withLanguageOption(command: Command): Command {
  return command.option('--lang <language>', 'zh or en', 'en');
}

/** The language of the words for people; English when none was given. */
export function languageFrom({ lang = 'en' }: LanguageOption): Result<Language, UsageProblem> {
  if (lang === 'en') return ok('en');
  if (lang === 'zh' || lang === 'zh-CN') return ok('zh-CN');
  return err(usageProblem(`unknown language ${lang}`, 'Use zh or en.'));
}
