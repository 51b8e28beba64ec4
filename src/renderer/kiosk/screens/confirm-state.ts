import { isCalendarDate } from '../../../shared/domain/calendar-date.ts';
import type { FieldDoubt, IdCardField } from '../../../shared/domain/document-reading.ts';
import { nameProblem } from '../../../shared/domain/typed-identity.ts';
import { lookAtNumber, withCharacter } from '../../../shared/domain/typed-number.ts';
import type { ConfirmField, ConfirmProblem } from '../../../shared/ipc/document-capture.ts';

/** How a field is changed: by the digits of a date or a number, by choosing, or by the system's input method. */
export type FieldKind = 'sex' | 'date' | 'number' | 'text';

/** What has been changed so far. It lives in the screen alone and goes with it. */
export interface ConfirmState {
  readonly edits: Readonly<Partial<Record<IdCardField, string>>>;
  /** The field that is being changed; null while all of them are shown. */
  readonly editing: { readonly field: IdCardField; readonly draft: string } | null;
}

export type ConfirmEvent =
  | { readonly type: 'edit'; readonly field: IdCardField; readonly text: string }
  | { readonly type: 'draft'; readonly draft: string }
  | { readonly type: 'save'; readonly text: string }
  | { readonly type: 'keep' };

export const UNCHANGED: ConfirmState = { edits: {}, editing: null };
const LONG_TERM = 'long-term';
const DATE_DIGITS = 8;
/** Later than every day on a card: only the main process knows which day it is. */
const ANY_DAY = '9999-12-31';

export function kindOf(field: IdCardField): FieldKind {
  switch (field) {
    case 'sex':
    case 'number':
      return field;
    case 'birthDate':
    case 'validFrom':
    case 'validTo':
      return 'date';
    default:
      return 'text';
  }
}

export function confirmAfter(state: ConfirmState, event: ConfirmEvent): ConfirmState {
  switch (event.type) {
    case 'edit':
      return { ...state, editing: { field: event.field, draft: draftOf(event.field, event.text) } };
    case 'draft':
      return state.editing ? { ...state, editing: { ...state.editing, draft: event.draft } } : state;
    case 'save':
      return state.editing ? { edits: { ...state.edits, [state.editing.field]: event.text }, editing: null } : state;
    case 'keep':
      return { ...state, editing: null };
  }
}

/** What the keys begin with: the digits of a date; a number without what can't stand in one; a text as it is. */
function draftOf(field: IdCardField, text: string): string {
  switch (kindOf(field)) {
    case 'date':
      return text === LONG_TERM ? text : text.replace(/\D/g, '').slice(0, DATE_DIGITS);
    case 'number':
      return [...text.toUpperCase()].reduce((typed, character) => withCharacter(typed, character) ?? typed, '');
    default:
      return text;
  }
}

/** The draft after a key; null where the key can't come next. */
export function draftWith(field: IdCardField, draft: string, character: string): string | null {
  if (kindOf(field) === 'number') return withCharacter(draft, character);
  if (draft === LONG_TERM) return /^\d$/.test(character) ? character : null;
  return /^\d$/.test(character) && draft.length < DATE_DIGITS ? draft + character : null;
}

export function draftWithout(draft: string): string {
  return draft === LONG_TERM ? '' : draft.slice(0, -1);
}

/** What a draft says as the field's text; null while it can't be one. */
export function draftText(field: IdCardField, draft: string): string | null {
  switch (kindOf(field)) {
    case 'date':
      return dateText(draft, field === 'validTo');
    case 'number':
      return lookAtNumber(draft, ANY_DAY).valid ? draft : null;
    case 'sex':
      return draft === 'male' || draft === 'female' ? draft : null;
    case 'text':
      return textOf(field, draft.trim());
  }
}

function dateText(draft: string, mayBeLongTerm: boolean): string | null {
  if (draft === LONG_TERM) return mayBeLongTerm ? draft : null;
  const date = `${draft.slice(0, 4)}-${draft.slice(4, 6)}-${draft.slice(6)}`;
  return isCalendarDate(date) ? date : null;
}

function textOf(field: IdCardField, text: string): string | null {
  if (field === 'name') return nameProblem(text) === null ? text : null;
  return text === '' && field !== 'nation' ? null : text;
}

/** A draft is whole and still can't be right. */
export function isWrong(field: IdCardField, draft: string): boolean {
  switch (kindOf(field)) {
    case 'date':
      return draft.length === DATE_DIGITS && draftText(field, draft) === null;
    case 'number':
      return lookAtNumber(draft, ANY_DAY).problem !== null;
    default:
      return field === 'name' && ['characters', 'long'].includes(nameProblem(draft) ?? '');
  }
}

/** One line of the page. */
export interface ConfirmRow {
  readonly field: IdCardField;
  readonly text: string;
  /** Why it should be looked at; null where it is sure or was changed. */
  readonly doubt: FieldDoubt | null;
  readonly changed: boolean;
}

/** What is shown: what the person changed counts as sure until the main process says otherwise. */
export function confirmRows(
  fields: readonly ConfirmField[],
  problem: ConfirmProblem | null,
  edits: ConfirmState['edits'],
): readonly ConfirmRow[] {
  return fields.map(({ field, text, doubt }) => {
    const edited = edits[field];
    const changed = edited !== undefined && edited !== text;
    const refused = problem?.field === field ? problem.doubt : null;
    return { field, text: edited ?? text, doubt: refused ?? (edited === undefined ? doubt : null), changed };
  });
}

/** The first line that can't be sent: nothing stands in it. Cards of some people name no nation. */
export function firstEmpty(rows: readonly ConfirmRow[]): IdCardField | null {
  return rows.find(({ field, text }) => text.trim() === '' && field !== 'nation')?.field ?? null;
}

export function valuesOf(rows: readonly ConfirmRow[]): Partial<Record<IdCardField, string>> {
  return Object.fromEntries(rows.map(({ field, text }) => [field, text]));
}
