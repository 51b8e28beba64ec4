import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Scheme } from '../../../shared/domain/scheme.ts';
import type { SceneBook } from '../../../shared/ipc/admin-schemes.ts';
import { count } from '../formats.ts';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { FailureNote, Notice } from '../parts/notice.tsx';
import { SettingsForm } from '../parts/settings-form.tsx';
import { modesText } from '../schemes/scheme-words.ts';
import { useWords } from '../words.tsx';
import { FarFields, NameFields, OfflineFields, PageFields } from './basic-fields.tsx';
import { ConfirmationFields } from './confirmation-fields.tsx';
import { EvidenceFields } from './evidence-fields.tsx';
import { FieldProblem } from './field-problem.tsx';
import { IdentificationFields } from './identification-fields.tsx';
import { PastEffect } from './past-effect.tsx';
import { LivenessSection } from './liveness-section.tsx';
import { QualityLimitFields } from './quality-limits.tsx';
import { ReviewFields } from './review-fields.tsx';
import { AttemptFields, LawFields, OtherWays } from './rules-fields.tsx';
import { SchemeField } from './scheme-field.tsx';
import type { SceneStart } from './new-scene.ts';
import { useSceneForm } from './use-scene-form.ts';

type Form = ReturnType<typeof useSceneForm>;

interface EditorProps extends SceneStart {
  readonly book: SceneBook;
  readonly onBack: () => void;
  readonly onSaved: (book: SceneBook, id: string) => void;
}

/** What main's rules say to it as a whole. */
function Findings({ form }: { readonly form: Form }): ReactNode {
  const { t } = useWords();
  const { checked, elsewhere } = form.findings;
  if (checked.failure !== null) return <FailureNote failure={checked.failure} />;
  if (elsewhere.length === 0) return null;
  return (
    <Notice kind="warning">
      {t('scenes.checkTitle')}
      <ul className="plain">
        {elsewhere.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </Notice>
  );
}

function comparesFaces(scheme: Scheme | undefined): boolean {
  return scheme === undefined || (scheme.reference !== 'none' && scheme.reference !== 'authority');
}

function Deciding(props: {
  readonly form: Form;
  readonly scheme: Scheme | undefined;
  /** Whose past comparisons are shown; null: those of all scenes, for one that is new. */
  readonly sceneId: string | null;
}): ReactNode {
  const { form, scheme } = props;
  const { draft, problems } = form;
  return (
    <>
      <OfflineFields draft={draft} problems={problems} />
      {comparesFaces(scheme) ? (
        <>
          <FarFields draft={draft} problems={problems} />
          <PastEffect sceneId={props.sceneId} far={draft.value.far} />
        </>
      ) : null}
      {scheme === undefined || scheme.check === null || draft.value.confirmationCheck !== 'none' ? (
        <>
          <ConfirmationFields draft={draft} />
          <FieldProblem problem={problems.confirmation} />
        </>
      ) : null}
      <ReviewFields draft={draft} />
    </>
  );
}

/** The proof of life, where the scene has a say in it; otherwise why not. */
function Liveness({ form, scheme }: { readonly form: Form; readonly scheme: Scheme | undefined }): ReactNode {
  const { t } = useWords();
  const { draft, problems, digits } = form;
  if (scheme !== undefined && scheme.actor !== 'person') return <Notice kind="info">{t('scenes.notAtKiosk')}</Notice>;
  if (scheme?.liveness === 'none') return <Notice kind="info">{t('scenes.noLiveness')}</Notice>;
  if (scheme !== undefined && typeof scheme.liveness !== 'string')
    return <Notice kind="info">{t('scenes.fixedLiveness', { modes: modesText(scheme.liveness, t) })}</Notice>;
  return <LivenessSection draft={draft} problems={problems} digits={digits} />;
}

function Fields({ form, book, saved }: EditorProps & { readonly form: Form }): ReactNode {
  const { t } = useWords();
  const { draft, problems } = form;
  const scheme = book.schemes.find((entry) => entry.scheme.id === draft.value.scheme)?.scheme;
  const usesLight = scheme === undefined || (scheme.actor === 'person' && scheme.liveness !== 'none');
  return (
    <>
      <div className="columns">
        <div>
          <NameFields draft={draft} problems={problems} records={saved?.records ?? 0} />
          <PageFields draft={draft} problems={problems} />
          {scheme === undefined || scheme.identity === 'chip-card' ? <IdentificationFields draft={draft} /> : null}
          <FieldProblem problem={problems.identification} />
        </div>
        <div>
          <SchemeField
            entries={book.schemes}
            value={draft.value.scheme}
            problem={problems.scheme}
            onPick={(id) => draft.edit({ scheme: id })}
          />
          <Deciding form={form} scheme={scheme} sceneId={saved?.scene.id ?? null} />
        </div>
      </div>
      <Liveness form={form} scheme={scheme} />
      <section className="section" aria-labelledby="scene-ways">
        <h2 id="scene-ways">{t('scenes.part.ways')}</h2>
        <div className="columns">
          <div>
            <AttemptFields draft={draft} problems={problems} />
          </div>
          <OtherWays draft={draft} problems={problems} />
        </div>
      </section>
      <section className="section" aria-labelledby="scene-law">
        <h2 id="scene-law">{t('scenes.part.law')}</h2>
        <div className="columns">
          <div>
            <LawFields draft={draft} problems={problems} />
          </div>
          <div>
            <EvidenceFields draft={draft} />
            <FieldProblem problem={problems.evidence} />
          </div>
        </div>
      </section>
      {usesLight ? <QualityLimitFields draft={draft} problems={problems} /> : null}
    </>
  );
}

function SchemeChange({ form, saved }: EditorProps & { readonly form: Form }): ReactNode {
  const { t, language } = useWords();
  if (form.asking === null || saved === null) return null;
  const values = {
    n: count(saved.records, language),
    from: saved.scene.scheme,
    to: form.asking.scheme,
  };
  return (
    <ConfirmDialog
      title={t('scenes.schemeChangeTitle')}
      yes={t('scenes.schemeChangeYes')}
      phase={form.phase}
      onYes={form.onSure}
      onNo={form.onUnsure}
    >
      {t('scenes.schemeChangeText', values)}
    </ConfirmDialog>
  );
}

/** One scene: everything that it sets, with what is wrong at its field while it is typed. */
export function SceneEditor(props: EditorProps): ReactNode {
  const { t } = useWords();
  const form = useSceneForm(props);
  const isNew = props.saved === null;
  return (
    <>
      <div className="back-bar">
        <button type="button" className="button" onClick={props.onBack}>
          <ArrowLeft aria-hidden="true" size={15} /> {t('scenes.back')}
        </button>
        <strong>{isNew ? t('scenes.newTitle') : props.scene.name}</strong>
        {props.saved?.walkUp ? <span className="tag">{t('scenes.walkUp')}</span> : null}
      </div>
      <Findings form={form} />
      <SettingsForm
        changed={form.draft.changed || isNew}
        phase={form.phase}
        onSave={form.save}
        onDiscard={form.discard}
      >
        <Fields {...props} form={form} />
      </SettingsForm>
      <SchemeChange {...props} form={form} />
    </>
  );
}
