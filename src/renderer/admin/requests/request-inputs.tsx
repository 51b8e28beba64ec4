import type { ReactNode } from 'react';
import type { Input, Scheme } from '../../../shared/domain/scheme.ts';
import type { Problems } from '../form-problem.ts';
import { TextField } from '../parts/field.tsx';
import { SelectField } from '../parts/select-field.tsx';
import { useWords } from '../words.tsx';
import { FileInput } from './file-input.tsx';
import { readClip, readPicture } from './picture-file.ts';
import { CLIP_KINDS, takenInputs, type PictureInput, type RequestDraft, type RequestField } from './request-form.ts';

interface InputsProps {
  readonly scheme: Scheme;
  readonly draft: RequestDraft;
  readonly problems: Problems<RequestField>;
  readonly onEdit: (patch: Partial<RequestDraft>) => void;
}

function useLabel(scheme: Scheme): (input: Input) => string {
  const { t } = useWords();
  return (input) =>
    t(scheme.inputs[input] === 'required' ? 'requests.form.needs' : 'requests.form.may', {
      label: t(`schemes.input.${input}`),
    });
}

function Validity({ scheme, draft, problems, onEdit }: InputsProps): ReactNode {
  const { t } = useWords();
  const labelOf = useLabel(scheme);
  return (
    <fieldset className="radio-list">
      <legend>{labelOf('validity')}</legend>
      <div className="field-pair">
        <TextField
          label={t('requests.form.validFrom')}
          hint={t('requests.form.validHint')}
          value={draft.validFrom}
          problem={problems.validity}
          onEdit={(validFrom) => onEdit({ validFrom })}
          maxLength={10}
        />
        <TextField
          label={t('requests.form.validTo')}
          value={draft.validTo}
          onEdit={(validTo) => onEdit({ validTo })}
          maxLength={10}
        />
      </div>
    </fieldset>
  );
}

function Clip({ scheme, draft, problems, onEdit }: InputsProps): ReactNode {
  const { t } = useWords();
  const labelOf = useLabel(scheme);
  return (
    <>
      <FileInput
        label={labelOf('clip')}
        hint={t('requests.form.clip')}
        accept="video/mp4"
        value={draft.clip}
        problem={problems.clip}
        read={readClip}
        onChange={(clip) => onEdit({ clip })}
      />
      <div className="field-pair">
        <SelectField
          label={t('requests.form.clipKind')}
          hint=""
          value={draft.clipKind}
          options={
            Object.fromEntries(CLIP_KINDS.map((kind) => [kind, t(`requests.form.clipKinds.${kind}`)])) as Record<
              RequestDraft['clipKind'],
              string
            >
          }
          onChoose={(clipKind) => onEdit({ clipKind })}
        />
        {draft.clipKind === 'silent' ? null : (
          <TextField
            label={t('requests.form.clipCode')}
            hint={t('requests.form.clipCodeHint')}
            value={draft.clipCode}
            problem={problems.clipCode}
            onEdit={(clipCode) => onEdit({ clipCode })}
            maxLength={20}
          />
        )}
      </div>
    </>
  );
}

function PictureField({
  scheme,
  draft,
  problems,
  onEdit,
  input,
}: InputsProps & { readonly input: PictureInput }): ReactNode {
  const { t } = useWords();
  const labelOf = useLabel(scheme);
  return (
    <FileInput
      label={labelOf(input)}
      hint={t('requests.form.picture')}
      accept="image/jpeg,image/png"
      value={draft.pictures[input] ?? null}
      preview={(picture) => picture}
      problem={problems[input]}
      read={readPicture}
      onChange={(picture) => {
        const pictures = { ...draft.pictures, [input]: picture ?? undefined };
        if (picture === null) delete pictures[input];
        onEdit({ pictures });
      }}
    />
  );
}

function OneInput(props: InputsProps & { readonly input: Input }): ReactNode {
  const { t } = useWords();
  const { scheme, draft, problems, onEdit, input } = props;
  const labelOf = useLabel(scheme);
  switch (input) {
    case 'name':
    case 'number':
    case 'phone':
    case 'bankCard':
      return (
        <TextField
          label={labelOf(input)}
          hint={t(`requests.form.${input}`)}
          value={draft[input]}
          problem={problems[input]}
          onEdit={(text) => onEdit({ [input]: text })}
          numeric={input === 'phone' || input === 'bankCard'}
          maxLength={80}
        />
      );
    case 'validity':
      return <Validity {...props} />;
    case 'clip':
      return <Clip {...props} />;
    default:
      return <PictureField {...props} input={input} />;
  }
}

/** A field for each input that a scheme takes; what it needs is marked. */
export function RequestInputs(props: InputsProps): ReactNode {
  const { t } = useWords();
  const taken = takenInputs(props.scheme);
  if (taken.length === 0) return <p className="muted">{t('requests.form.inputsNone')}</p>;
  return taken.map((input) => <OneInput key={input} {...props} input={input} />);
}
