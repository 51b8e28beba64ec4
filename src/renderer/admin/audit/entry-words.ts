import { DEVICE_SETTINGS, PORTABLE_SETTINGS } from '../../../shared/domain/settings-file.ts';
import { isAuditKind } from '../../../shared/domain/audit-kinds.ts';
import { staffIdSchema } from '../../../shared/domain/staff.ts';
import type { AuditChoices, AuditLine } from '../../../shared/ipc/admin-audit.ts';
import type { Translate } from '../translation.ts';

/** What happened, in plain words; a kind that this version doesn't know by its name. */
export function kindText(kind: string, t: Translate): string {
  return isAuditKind(kind) ? t(`audit.kinds.${kind}`) : `${t('audit.unknown')} (${kind})`;
}

/** Who did it: somebody of the staff, or the terminal by itself. */
export function personText({ detail }: AuditLine, staff: AuditChoices['staff'], t: Translate): string {
  const staffId = detail['by'] ?? null;
  if (typeof staffId !== 'string') return t('audit.nobody');
  const known = staff.find((one) => one.staffId === staffId)?.name;
  // Before there were accounts, people wrote their name.
  return known ?? (staffIdSchema.safeParse(staffId).success ? t('audit.someone') : staffId);
}

const OUTCOMES = ['written', 'cancelled', 'failed'] as const;
const ABOUT = ['certifyId', 'requestId', 'sceneId', 'schemeId', 'name', 'staffId', 'deletionId', 'outcome', 'why'];

/** What it is about: the first thing in the entry that names something. */
export function aboutText({ kind, detail }: AuditLine, staff: AuditChoices['staff'], t: Translate): string {
  const name = ABOUT.find((one) => typeof detail[one] === 'string');
  if (name === undefined) return '';
  const said = String(detail[name]);
  if (kind === 'setting.changed') return settingText(said, t);
  const outcome = name === 'outcome' ? OUTCOMES.find((one) => one === said) : undefined;
  if (outcome !== undefined) return t(`audit.outcome.${outcome}`);
  return staff.find(({ staffId }) => staffId === said)?.name ?? visible(said);
}

function settingText(name: string, t: Translate): string {
  const known = [...PORTABLE_SETTINGS, ...DEVICE_SETTINGS].find((one) => one === name);
  return known === undefined ? visible(name) : t(`settingFields.setting.${known}`);
}

/** Signs that nobody sees, but that turn the words beside them around, as their codes: `\u202e`. */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (sign) =>
    [...sign].map((one) => `\\u${(one.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`).join(''),
  );
}
