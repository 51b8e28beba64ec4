import {
  DOCUMENT_HINTS,
  FIELD_DOUBTS,
  type DocumentHint,
  type DocumentPage,
  type FieldDoubt,
  type IdCardField,
} from '../../../shared/domain/document-reading.ts';
import { CHIP_STEPS, type ChipStep } from '../../../shared/domain/travel-document.ts';
import type { ConfirmField, ConfirmProblem } from '../../../shared/ipc/document-capture.ts';
import { REASON_CODES, REASONS, type ReasonCode } from '../../../shared/reasons.ts';

interface CaptureShown {
  readonly screen: 'document-capture';
  readonly page: DocumentPage;
  readonly part: number;
  readonly parts: number;
  readonly documentCamera: null;
  readonly hint: DocumentHint | null;
  readonly reading: boolean;
  readonly problem: ReasonCode | null;
  readonly maySwipe: boolean;
  readonly mayUseCard: boolean;
}

function capture(page: DocumentPage, more: Partial<Omit<CaptureShown, 'screen' | 'page'>> = {}): CaptureShown {
  const twoSides = page === 'id-card-front' || page === 'id-card-back';
  return {
    screen: 'document-capture',
    page,
    part: page === 'id-card-back' ? 2 : 1,
    parts: twoSides ? 2 : 1,
    documentCamera: null,
    hint: null,
    reading: false,
    problem: null,
    maySwipe: false,
    mayUseCard: true,
    ...more,
  };
}

const VALUES: Readonly<Record<IdCardField, string>> = {
  name: '范例一',
  sex: 'male',
  nation: '汉',
  birthDate: '1985-06-15',
  address: '北京市样例区样例街道样例路一〇一号样例小区十二号楼三单元一二〇三室',
  number: '110101198506151011',
  issuer: '样例市公安局样例分局',
  validFrom: '2019-05-20',
  validTo: 'long-term',
};

interface ConfirmShown {
  readonly screen: 'document-confirm';
  readonly fields: readonly ConfirmField[];
  readonly problem: ConfirmProblem | null;
}

function confirm(
  doubts: Readonly<Partial<Record<IdCardField, FieldDoubt>>>,
  texts: Readonly<Partial<Record<IdCardField, string>>> = {},
  problem: ConfirmProblem | null = null,
): ConfirmShown {
  const fields = (Object.keys(VALUES) as IdCardField[]).map((field) => ({
    field,
    text: texts[field] ?? VALUES[field],
    doubt: doubts[field] ?? null,
  }));
  return { screen: 'document-confirm', fields, problem };
}

interface ChipShown {
  readonly screen: 'travel-chip';
  readonly progress: { readonly step: ChipStep; readonly share: number | null };
  readonly problem: ReasonCode | null;
}

function chip(step: ChipStep, share: number | null = null, problem: ReasonCode | null = null): ChipShown {
  return { screen: 'travel-chip', progress: { step, share }, problem };
}

const CARD = { screen: 'card', phase: 'searching', problem: null } as const;

/** The screens of documents: the ways to them, their pictures, what was read, and chips. */
export const DOCUMENTS_SHOWN = {
  'card-documents': { ...CARD, mayPhotograph: true, mayUseTravelDocument: true },
  'card-all-ways': { ...CARD, mayPhotograph: true, mayUseTravelDocument: true, mayType: true },
  'card-all-reading': { ...CARD, phase: 'reading', mayPhotograph: true, mayUseTravelDocument: true, mayType: true },
  'document-opening': capture('id-card-front'),
  'document-front': capture('id-card-front'),
  'document-required': capture('id-card-front', { mayUseCard: false }),
  'document-good': capture('id-card-front'),
  'document-hint': capture('id-card-front', { hint: 'closer' }),
  'document-still': capture('id-card-front', { reading: true }),
  'document-back': capture('id-card-back'),
  'document-problem': capture('id-card-back', { problem: 'document.wrong-side' }),
  'document-problem-long': capture('id-card-front', { problem: 'document.occluded', hint: 'tilted' }),
  'document-refused': capture('id-card-front'),
  'document-instead': capture('id-card-front'),
  'document-passport': capture('travel-document', { maySwipe: true }),
  'document-zone': capture('travel-document', { maySwipe: true, problem: 'mrz.check-digit' }),
  'document-bank': capture('bank-card'),
  'confirm-sure': confirm({}),
  'confirm-doubts': confirm(
    { name: 'unclear', nation: 'not-listed', number: 'check-digit', validTo: 'not-found' },
    { validTo: '', number: '110101198506151012' },
  ),
  'confirm-problem': confirm({ address: 'unclear' }, {}, { field: 'birthDate', doubt: 'disagrees' }),
  'chip-waiting': chip('waiting'),
  'chip-access': chip('access'),
  'chip-portrait': chip('portrait', 0.4),
  'chip-done': chip('done'),
  'chip-stopped': chip('waiting', null, 'chip.stopped'),
  'chip-reader': chip('waiting', null, 'chip.reader-missing'),
} as const;

/** Every hint, problem, doubt and step on its screen, by the name of what differs. */
export type DocumentFixture =
  `hint:${DocumentHint}` | `picture:${ReasonCode}` | `doubt:${FieldDoubt}` | `chip:${ReasonCode | ChipStep}`;

const CHIP_PROBLEMS = REASON_CODES.filter((code) => code.startsWith('chip.'));
/** What another picture can put right; files are for staff, and doubts end with a clerk. */
const PICTURE_PROBLEMS = REASON_CODES.filter(
  (code) => /^(document|mrz)\./.test(code) && REASONS[code].next === 'retry' && !code.startsWith('document.file-'),
);

export const DOCUMENT_FIXTURES: readonly DocumentFixture[] = [
  ...DOCUMENT_HINTS.map((hint) => `hint:${hint}` as const),
  ...[...PICTURE_PROBLEMS, 'chip.access-denied' as const].map((code) => `picture:${code}` as const),
  ...FIELD_DOUBTS.map((doubt) => `doubt:${doubt}` as const),
  ...[...CHIP_STEPS, ...CHIP_PROBLEMS].map((what) => `chip:${what}` as const),
];

export function isDocumentFixture(name: string): name is DocumentFixture {
  return (DOCUMENT_FIXTURES as readonly string[]).includes(name);
}

export function documentShown(name: DocumentFixture): CaptureShown | ConfirmShown | ChipShown {
  const [kind, what] = name.split(':') as [string, string];
  switch (kind) {
    case 'hint':
      return capture('id-card-front', { hint: what as DocumentHint });
    case 'picture':
      return capture(what.startsWith('document.') ? 'id-card-front' : 'travel-document', {
        problem: what as ReasonCode,
      });
    case 'doubt':
      return confirm({ issuer: what as FieldDoubt }, what === 'not-found' ? { issuer: '' } : {});
    default:
      return (CHIP_STEPS as readonly string[]).includes(what)
        ? chip(what as ChipStep)
        : chip('waiting', null, what as ReasonCode);
  }
}
