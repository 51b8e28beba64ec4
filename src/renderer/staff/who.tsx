import { useId, useState, type ReactNode } from 'react';
import type { StaffChoice } from '../../shared/ipc/staff.ts';
import { Field, TextInput } from '../ui/field.tsx';
import { matching } from './find-name.ts';
import { focusSecret } from './first-problem.ts';
import { useStaffWords } from './staff-words.tsx';

/** From so many names on, part of one is typed to find it. */
const FIND_FROM = 9;

function Names(props: {
  readonly choices: readonly StaffChoice[];
  readonly chosen: string | null;
  readonly onChoose: (staffId: string) => void;
}): ReactNode {
  const { t } = useStaffWords();
  const group = useId();
  return (
    <>
      <p className="who-title" aria-hidden="true">
        {t('door.who')}
      </p>
      <fieldset className="who">
        <legend className="visually-hidden">{t('door.who')}</legend>
        {props.choices.map(({ staffId, name }) => (
          <label key={staffId} className="who-name">
            <input
              type="radio"
              name={group}
              checked={staffId === props.chosen}
              onChange={() => props.onChoose(staffId)}
              // The arrow keys choose as well, but by pointer the choice is final.
              onClick={({ detail, currentTarget }) => detail > 0 && focusSecret(currentTarget.form)}
            />
            <span>{name}</span>
          </label>
        ))}
        {props.choices.length === 0 ? <p className="muted">{t('door.noneFound')}</p> : null}
      </fieldset>
    </>
  );
}

/** Who it is: a list of names, and a field to find one where they are many. */
export function Who(props: {
  readonly choices: readonly StaffChoice[];
  readonly chosen: string | null;
  readonly onChoose: (staffId: string) => void;
}): ReactNode {
  const { t } = useStaffWords();
  const [typed, setTyped] = useState('');
  const { choices, chosen, onChoose } = props;
  if (choices.length < FIND_FROM) return <Names choices={choices} chosen={chosen} onChoose={onChoose} />;
  const found = matching(choices, typed);
  const type = (text: string): void => {
    setTyped(text);
    const only = matching(choices, text);
    if (only.length === 1 && only[0]) onChoose(only[0].staffId);
  };
  return (
    <>
      <Field label={t('door.find')} hint={t('door.findHint')}>
        {(control) => <TextInput control={control} value={typed} onEdit={type} />}
      </Field>
      <Names choices={found} chosen={chosen} onChoose={onChoose} />
    </>
  );
}
