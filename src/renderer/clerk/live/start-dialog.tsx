import { useEffect, useId, useRef, useState, type FormEvent, type ReactNode } from 'react';
import type { StartableScene } from '../../../shared/ipc/clerk.ts';
import { TickRow } from '../../ui/choice.tsx';
import { Field, SelectInput, TextInput } from '../../ui/field.tsx';
import { Loading } from '../../ui/section.tsx';
import { useAction, useAnswer } from '../answers.ts';
import { FailureNote } from '../parts/failure-note.tsx';
import { useWords } from '../words.tsx';
import {
  EMPTY_START,
  startProblems,
  typedInputs,
  type StartForm,
  type StartProblems,
  type TypedInput,
} from './start-form.ts';

function SceneFields(props: {
  readonly scene: StartableScene;
  readonly form: StartForm;
  readonly problems: StartProblems;
  readonly onEdit: (form: StartForm) => void;
}): ReactNode {
  const { t } = useWords();
  const { scene, form, problems, onEdit } = props;
  const problem = (name: keyof StartProblems): string | undefined => {
    const key = problems[name];
    return key && t(key);
  };
  return (
    <>
      {scene.inputs.map(({ input, required }) => {
        const name = input as TypedInput;
        return (
          <Field
            key={name}
            label={t(`start.${name}`)}
            hint={t(required ? 'start.required' : 'start.optional')}
            problem={problem(name)}
          >
            {(control) => (
              <TextInput
                control={control}
                value={form.inputs[name] ?? ''}
                numeric={name !== 'name' && name !== 'number'}
                onEdit={(text) => onEdit({ ...form, inputs: { ...form.inputs, [name]: text } })}
              />
            )}
          </Field>
        );
      })}
      <Field label={t('start.order')} hint={t('start.orderHint')} problem={problem('orderId')}>
        {(control) => (
          <TextInput control={control} value={form.orderId} onEdit={(orderId) => onEdit({ ...form, orderId })} />
        )}
      </Field>
      {scene.byCaller ? (
        <TickRow
          label={t('start.consent')}
          note={problem('consent') ?? t('start.consentNote')}
          checked={form.consent}
          invalid={problems.consent !== undefined}
          onToggle={(consent) => onEdit({ ...form, consent })}
        />
      ) : (
        <TickRow
          label={t('start.begin')}
          note={t('start.beginNote')}
          checked={form.begin}
          onToggle={(begin) => onEdit({ ...form, begin })}
        />
      )}
    </>
  );
}

function ScenePicker(props: {
  readonly scenes: readonly StartableScene[];
  readonly scene: StartableScene;
  readonly onChoose: (sceneId: string) => void;
}): ReactNode {
  const { t } = useWords();
  const named = ({ sceneId, name, walkUp }: StartableScene): readonly [string, string] => [
    sceneId,
    walkUp ? `${name} · ${t('start.walkUp')}` : name,
  ];
  const { refusal } = props.scene;
  return (
    <Field
      label={t('start.scene')}
      hint={props.scene.schemeId}
      problem={refusal === null ? undefined : t('start.needsPictures')}
    >
      {(control) => (
        <SelectInput
          control={control}
          value={props.scene.sceneId}
          options={Object.fromEntries(props.scenes.map(named))}
          onChoose={props.onChoose}
        />
      )}
    </Field>
  );
}

/** The dialog opens before its scenes are read, and takes the focus itself until there is a field for it. */
function focusFirst(form: HTMLFormElement | null): void {
  form?.querySelector<HTMLElement>('select')?.focus();
}

function StartFields(props: {
  readonly scenes: readonly StartableScene[];
  readonly onClose: () => void;
  readonly onStarted: (certifyId: string) => void;
}): ReactNode {
  const { t } = useWords();
  const start = useAction('clerk:start');
  const [sceneId, setSceneId] = useState<string | null>(null);
  const [form, setForm] = useState(EMPTY_START);
  const [problems, setProblems] = useState<StartProblems>({});
  const scene = props.scenes.find((one) => one.sceneId === sceneId) ?? props.scenes[0];
  if (!scene) return <p className="empty">{t('start.noScenes')}</p>;
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const element = event.currentTarget;
    const found = startProblems(scene, form);
    setProblems(found);
    if (Object.keys(found).length > 0) {
      requestAnimationFrame(() => element.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
      return;
    }
    const { consent, begin, orderId } = form;
    const inputs = typedInputs(scene, form);
    const started = await start.run({
      sceneId: scene.sceneId,
      orderId: orderId === '' ? null : orderId,
      inputs,
      consent,
      begin,
    });
    if (!started.ok) return;
    props.onClose();
    if (scene.byCaller && started.value.certifyId !== null) props.onStarted(started.value.certifyId);
  };
  return (
    <form ref={focusFirst} noValidate onSubmit={(event) => void submit(event)}>
      <ScenePicker
        scenes={props.scenes}
        scene={scene}
        onChoose={(chosen) => {
          setSceneId(chosen);
          setProblems({});
        }}
      />
      <SceneFields scene={scene} form={form} problems={problems} onEdit={setForm} />
      {start.failure === null ? null : <FailureNote failure={start.failure} />}
      <div className="save-bar">
        <button type="button" className="button" onClick={props.onClose}>
          {t('start.cancel')}
        </button>
        <button type="submit" className="button button-primary" disabled={start.running || scene.refusal !== null}>
          {t(start.running ? 'start.going' : 'start.go')}
        </button>
      </div>
    </form>
  );
}

/** A certification with a chosen scene and what is known already; Enter starts it, Esc leaves. */
export function StartDialog(props: {
  readonly onClose: () => void;
  /** A certification that needed nobody at the kiosk has its record. */
  readonly onStarted: (certifyId: string) => void;
}): ReactNode {
  const { t } = useWords();
  const titleId = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const scenes = useAnswer('clerk:scenes', null);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog ref={dialog} className="confirm start" aria-labelledby={titleId} onClose={props.onClose}>
      <h2 id={titleId}>{t('start.title')}</h2>
      {scenes.value !== null ? (
        <StartFields scenes={scenes.value} onClose={props.onClose} onStarted={props.onStarted} />
      ) : scenes.failure === null ? (
        <Loading>{t('app.loading')}</Loading>
      ) : (
        <FailureNote failure={scenes.failure} onRetry={scenes.reload} />
      )}
    </dialog>
  );
}
