import type { ReactNode } from 'react';
import {
  INPUTS,
  OUTPUTS,
  SCHEME_ACTORS,
  CARD_PICTURES,
  IDENTITY_SOURCES,
  REFERENCES,
} from '../../../shared/domain/scheme.ts';
import { LIVENESS_MODE_IDS } from '../../../shared/domain/liveness-mode.ts';
import { CHECKS } from '../../../shared/domain/verification.ts';
import type { Draft } from '../drafts.tsx';
import type { Problems } from '../form-problem.ts';
import { CheckRow } from '../parts/choice.tsx';
import { OrderList } from '../parts/order-list.tsx';
import { SelectField } from '../parts/select-field.tsx';
import { FieldProblem } from '../scene/field-problem.tsx';
import type { Translate } from '../translation.ts';
import { useWords } from '../words.tsx';
import {
  hasListed,
  INPUT_NEEDS,
  LIVENESS_KINDS,
  modesOf,
  MOST_MODES,
  needOf,
  toggled,
  withNeed,
  type SchemeDraft,
  type SchemeField,
} from './scheme-form.ts';

export interface ComposerProps {
  readonly draft: Draft<SchemeDraft>;
  readonly problems: Problems<SchemeField>;
}

/** Words for each value of a closed list. */
function options<Value extends string>(
  values: readonly Value[],
  text: (value: Value) => string,
): Record<Value, string> {
  return Object.fromEntries(values.map((value) => [value, text(value)])) as Record<Value, string>;
}

function partsOf(t: Translate) {
  return {
    actor: options(SCHEME_ACTORS, (one) => t(`schemes.actor.${one}`)),
    identity: options(IDENTITY_SOURCES, (one) => t(`schemes.identity.${one}`)),
    cardPictures: options(CARD_PICTURES, (one) => t(`schemes.cardPictures.${one}`)),
    livenessKind: options(LIVENESS_KINDS, (one) => t(`schemes.livenessKind.${one}`)),
    reference: options(REFERENCES, (one) => t(`schemes.reference.${one}`)),
    check: options(['none', ...CHECKS], (one) => t(`schemes.check.${one}`)),
    decides: options(['device', 'verifier'], (one) => t(`schemes.decides.${one}`)),
    hosted: options(['none', 'tencent', 'aliyun'], (one) => t(`schemes.hosted.${one}`)),
  } as const;
}

const FACTS = {
  actor: 'actor',
  identity: 'identity',
  cardPictures: 'cardPictures',
  livenessKind: 'liveness',
  reference: 'reference',
  check: 'check',
  decides: 'decides',
  hosted: 'hosted',
} as const;

/** One choice for each part that a scheme has exactly one of. */
export function PartFields({ draft, problems }: ComposerProps): ReactNode {
  const { t } = useWords();
  const parts = partsOf(t);
  return (
    <div className="part-grid">
      {(Object.keys(FACTS) as (keyof typeof FACTS)[]).map((part) => (
        <SelectField<string>
          key={part}
          label={t(`schemes.fact.${FACTS[part]}`)}
          hint=""
          value={draft.value[part]}
          options={parts[part]}
          problem={problems[part]}
          onChoose={(value) => draft.edit({ [part]: value })}
        />
      ))}
    </div>
  );
}

/** The kinds of liveness of a scheme that fixes them. */
export function ModeFields({ draft, problems }: ComposerProps): ReactNode {
  const { t } = useWords();
  if (draft.value.livenessKind !== 'modes') return null;
  const chosen = modesOf(draft.value);
  return (
    <OrderList
      legend={t('schemes.livenessKind.modes')}
      lead={t('schemes.composer.modesLead')}
      none={t('schemes.composer.noModes')}
      add={t('schemes.composer.addMode')}
      hint=""
      chosen={chosen}
      left={LIVENESS_MODE_IDS.filter((one) => !chosen.includes(one))}
      full={chosen.length >= MOST_MODES}
      nameOf={(one) => t(`scene.liveness.mode.${one}`)}
      problem={problems.modes}
      onChange={(modes) => draft.edit({ modes: modes.join(',') })}
    />
  );
}

function Ticks(props: {
  readonly legend: string;
  readonly items: readonly string[];
  readonly nameOf: (item: string) => string;
  readonly list: string;
  readonly onChange: (list: string) => void;
}): ReactNode {
  return (
    <fieldset className="radio-list tick-grid">
      <legend>{props.legend}</legend>
      {props.items.map((item) => (
        <label key={item} className="radio-row">
          <input
            type="checkbox"
            checked={hasListed(props.list, item)}
            onChange={(event) => props.onChange(toggled(props.list, props.items, item, event.target.checked))}
          />
          <span>{props.nameOf(item)}</span>
        </label>
      ))}
    </fieldset>
  );
}

const ASKS = ['phone', 'bankCard'] as const;

/** What is asked on the spot, what a caller may bring along, and what comes out. */
export function ListFields({ draft, problems }: ComposerProps): ReactNode {
  const { t } = useWords();
  const { value } = draft;
  return (
    <>
      <Ticks
        legend={t('schemes.fact.asks')}
        items={ASKS}
        nameOf={(item) => t(`schemes.asks.${item as (typeof ASKS)[number]}`)}
        list={value.asks}
        onChange={(asks) => draft.edit({ asks })}
      />
      <FieldProblem problem={problems.asks} />
      <fieldset className="radio-list">
        <legend>{t('schemes.fact.inputs')}</legend>
        <div className="part-grid input-grid">
          {INPUTS.map((input) => (
            <SelectField
              key={input}
              label={t(`schemes.input.${input}`)}
              hint=""
              value={needOf(value, input)}
              options={options(INPUT_NEEDS, (need) => t(`schemes.inputNeed.${need}`))}
              onChoose={(need) => draft.edit(withNeed(value, input, need))}
            />
          ))}
        </div>
        <FieldProblem problem={problems.inputs} />
      </fieldset>
      <Ticks
        legend={t('schemes.fact.outputs')}
        items={OUTPUTS}
        nameOf={(item) => t(`schemes.output.${item as (typeof OUTPUTS)[number]}`)}
        list={value.outputs}
        onChange={(outputs) => draft.edit({ outputs })}
      />
      <FieldProblem problem={problems.outputs} />
      <CheckRow
        label={t('schemes.fact.severalFaces')}
        note={t('schemes.severalFacesNote')}
        checked={value.severalFaces}
        invalid={problems.severalFaces !== undefined}
        onToggle={(severalFaces) => draft.edit({ severalFaces })}
      />
      <FieldProblem problem={problems.severalFaces} />
    </>
  );
}
