import { evidencePolicyOf, sentMaterial, type Scene } from '../../shared/domain/scene.ts';
import { findScheme } from '../../shared/domain/scheme-presets.ts';
import type { Scheme } from '../../shared/domain/scheme.ts';
import { filingState } from '../../shared/domain/stored-subjects.ts';
import type { PrivacyStatus } from '../../shared/ipc/admin-schemes.ts';
import type { Failure } from '../../shared/reasons.ts';
import { ok, type Result } from '../../shared/result.ts';
import { createSceneBook } from '../settings/scene-book.ts';
import type { SettingsStore } from '../settings/settings.ts';

/** Stands where only people can say what is true. */
const TO_FILL_IN = '_to be filled in_';

interface AssessmentFacts {
  readonly siteName: string;
  readonly purpose: string;
  readonly scenes: readonly { readonly scene: Scene; readonly scheme: Scheme | undefined }[];
  readonly recipients: readonly string[];
  readonly returnsTo: string | null;
  readonly remembersFaces: boolean;
  readonly status: PrivacyStatus;
  readonly day: string;
}

/**
 * A draft of the impact assessment (PIPL articles 55 and 56; Measures on face recognition, article 9) as Markdown: what
 * can be read from the settings is filled in, and every judgement is left to people.
 */
export function privacyAssessment(
  settings: SettingsStore,
  status: PrivacyStatus,
  day: string,
): Result<string, Failure> {
  const facts = factsOf(settings, status, day);
  return facts.ok ? ok(textOf(facts.value)) : facts;
}

function factsOf(settings: SettingsStore, status: PrivacyStatus, day: string): Result<AssessmentFacts, Failure> {
  const book = createSceneBook(settings);
  const scenes = book.scenes();
  if (!scenes.ok) return scenes;
  const composed = book.schemes();
  if (!composed.ok) return composed;
  const site = settings.read('site');
  if (!site.ok) return site;
  const verifier = settings.read('verifier');
  if (!verifier.ok) return verifier;
  const direct = settings.read('direct-verifier');
  if (!direct.ok) return direct;
  const returns = settings.read('face-return');
  if (!returns.ok) return returns;
  const risk = settings.read('risk');
  if (!risk.ok) return risk;
  const { address, enrolment } = verifier.value;
  const recipients = [
    ...(address === null || enrolment === null ? [] : [`verifier at ${new URL(address).host}`]),
    ...(direct.value === null ? [] : [`vendor ${direct.value.vendor}, asked from this device`]),
  ];
  return ok({
    siteName: site.value.siteName,
    purpose: site.value.purpose,
    scenes: scenes.value.map((scene) => ({ scene, scheme: findScheme(scene.scheme, composed.value) })),
    recipients,
    returnsTo: returns.value === null ? null : returns.value.kind,
    remembersFaces: risk.value.rememberFaces,
    status,
    day,
  });
}

function textOf(facts: AssessmentFacts): string {
  return [
    `# Impact assessment: ${facts.siteName}`,
    `Draft of ${facts.day}. Answered by: ${TO_FILL_IN}. Keep this report and the processing records for three years.`,
    ...processing(facts),
    ...lawfulness(facts),
    ...impact(facts),
    ...leak(),
    ...measures(facts),
    '## Conclusion',
    `The processing may go on as described: ${TO_FILL_IN}. To be assessed again when purpose or method change, or after an incident.`,
    '',
  ].join('\n\n');
}

function processing({ scenes, purpose, recipients, returnsTo }: AssessmentFacts): readonly string[] {
  const head =
    '| scene | scheme | face compared with | legal basis | sent with consent | pictures kept | days | child | other ways |';
  const rows = scenes.map(({ scene, scheme }) => {
    const { keep, clip } = evidencePolicyOf(scene);
    const kept = keep === 'none' ? 'none' : `${keep}${clip ? ' with clip' : ''}`;
    const cells = [
      scene.name,
      scene.scheme,
      scheme?.reference ?? 'unknown scheme',
      scene.legalBasis ?? 'consent',
      scheme?.check ?? sentMaterial(scene) ?? 'record only',
      kept,
      String(scene.retentionDays),
      scene.guardian ? 'guardian at the kiosk' : 'staff',
      (scene.fallbacks ?? []).concat().join(', ') || 'staff',
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [
    '## What is processed',
    `Purpose as people are told: ${purpose}`,
    [head, `|${' --- |'.repeat(9)}`, ...rows].join('\n'),
    `Recipients: ${recipients.length === 0 ? 'none; everything stays on the device' : recipients.join('; ')}. Face pictures for the customer’s own store: ${returnsTo ?? 'none'}.`,
  ];
}

function lawfulness({ remembersFaces }: AssessmentFacts): readonly string[] {
  return [
    '## 1. Is purpose and method lawful, legitimate and necessary?',
    [
      '- Comparison is one to one. No face is searched for among others, and no face features are stored.',
      `- Faces of the last hours are compared in memory against misuse: ${remembersFaces ? 'yes' : 'no'}.`,
      `- Why a check by the staff does not suffice for each scene: ${TO_FILL_IN}`,
      `- Why a less intrusive scheme does not suffice: ${TO_FILL_IN}`,
    ].join('\n'),
  ];
}

function impact({ status }: AssessmentFacts): readonly string[] {
  const { storedSubjects, filingLimit, overdue, deletions } = status;
  return [
    '## 2. What does it mean for the rights of people, and what lessens that?',
    [
      `- People of whom pictures are kept: ${storedSubjects} of ${filingLimit} (${filingState(storedSubjects)}).`,
      `- Overdue erasures: ${overdue}. Erasures so far: ${deletions.length}.`,
      '- Whoever declines is served another way and not asked again in the same certification.',
      '- Consent can be withdrawn at the kiosk with the card; a signed receipt proves the erasure.',
      `- Who could be wronged by a wrong decision, and how it is put right: ${TO_FILL_IN}`,
    ].join('\n'),
  ];
}

function leak(): readonly string[] {
  return [
    '## 3. What if something is leaked, changed, lost or sold?',
    [
      '- Records are masked, and erased when their time is over; pictures lie under a key of their own each, which is destroyed with them.',
      '- The audit chain shows changed, removed and added records.',
      `- Who has access to the machine, the data folder and its backups: ${TO_FILL_IN}`,
      `- Whom to tell of an incident, and how the people concerned are found: ${TO_FILL_IN}`,
    ].join('\n'),
  ];
}

function measures({ recipients }: AssessmentFacts): readonly string[] {
  return [
    '## 4. Are the measures lawful, effective and in proportion to the risk?',
    [
      '- Encrypted database, evidence and transport; signed requests; access for administrators by password.',
      ...recipients.map((recipient) => `- Contract and supervision of ${recipient}: ${TO_FILL_IN}`),
      `- Notice at the place, sign, staff training: ${TO_FILL_IN}`,
    ].join('\n'),
  ];
}
