export type Language = 'zh-CN' | 'en';
/** `person`: on the public screen, calm and without blame. `clerk`: for staff, precise. */
export type Audience = 'person' | 'clerk';
export type ReasonTexts = Readonly<Record<Language, Readonly<Record<Audience, string>>>>;

/** One reason's four sentences. */
export function reasonSentences(zhPerson: string, zhClerk: string, enPerson: string, enClerk: string): ReasonTexts {
  return { 'zh-CN': { person: zhPerson, clerk: zhClerk }, en: { person: enPerson, clerk: enClerk } };
}
