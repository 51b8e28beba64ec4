import { useState, type ReactNode } from 'react';
import { OWN_TEXT_NAMES, OWN_TEXTS, ownTextRoom, type OwnTextName } from '../../../shared/brand-texts.ts';
import type { KioskTheme } from '../../../shared/domain/brand.ts';
import { useAction, useAnswer } from '../answers.ts';
import { BrandPreview } from '../brand/brand-preview.tsx';
import { useLookOfWindow } from '../brand/brand-context.tsx';
import { draftOf, parseBrand, type BrandDraft, type BrandField } from '../brand/brand-form.ts';
import { LogoInput } from '../brand/logo-input.tsx';
import { useDraft, type Draft } from '../drafts.tsx';
import type { Problems } from '../form-problem.ts';
import { RadioList } from '../parts/choice.tsx';
import { TextField } from '../parts/field.tsx';
import { Loaded, Section } from '../parts/page.tsx';
import { SelectField } from '../parts/select-field.tsx';
import { SettingsForm } from '../parts/settings-form.tsx';
import { useParsedForm } from '../use-parsed-form.ts';
import { useWords } from '../words.tsx';

const KIOSK_THEMES = ['system', 'light', 'dark'] as const satisfies readonly KioskTheme[];

interface PartProps {
  readonly draft: Draft<BrandDraft>;
  readonly problems: Problems<BrandField>;
}

function OwnTexts({ draft, problems }: PartProps): ReactNode {
  const { t } = useWords();
  const wrong = OWN_TEXT_NAMES.find((name) => problems[`zh-CN.${name}`] ?? problems[`en.${name}`]);
  const [chosen, setChosen] = useState<OwnTextName>('attract.title');
  const [shownFor, setShownFor] = useState(problems);
  if (shownFor !== problems) {
    setShownFor(problems);
    if (wrong) setChosen(wrong);
  }
  const options = Object.fromEntries(
    OWN_TEXT_NAMES.map((name) => [name, t(`brand.textName.${name.replace('.', '-') as 'attract-title'}`)]),
  ) as Record<OwnTextName, string>;
  const languages = [
    { tag: 'zh-CN', field: 'chinese', label: t('brand.chinese') },
    { tag: 'en', field: 'english', label: t('brand.english') },
  ] as const;
  return (
    <>
      <SelectField
        label={t('brand.text')}
        hint={t('brand.textHint')}
        value={chosen}
        options={options}
        onChoose={setChosen}
      />
      {languages.map(({ tag, field, label }) => (
        <TextField
          key={tag}
          label={label}
          hint={t('brand.room', { count: ownTextRoom(chosen, tag) })}
          placeholder={OWN_TEXTS[chosen][tag]}
          value={draft.value[field][chosen] ?? ''}
          problem={problems[`${tag}.${chosen}`]}
          onEdit={(text) => draft.edit({ [field]: { ...draft.value[field], [chosen]: text } })}
          maxLength={300}
        />
      ))}
    </>
  );
}

function Looks({ draft, problems }: PartProps): ReactNode {
  const { t } = useWords();
  return (
    <>
      <TextField
        label={t('brand.accent')}
        hint={t('brand.accentHint')}
        value={draft.value.accent}
        problem={problems.accent}
        onEdit={(accent) => draft.edit({ accent })}
        width="short"
        maxLength={7}
      />
      <BrandPreview accent={draft.value.accent.trim().toLowerCase()} />
      <LogoInput value={draft.value.logo} onChange={(logo) => draft.edit({ logo })} />
      <RadioList
        legend={t('brand.kioskTheme')}
        inline
        value={draft.value.kioskTheme}
        onChoose={(kioskTheme) => draft.edit({ kioskTheme })}
        options={KIOSK_THEMES.map((value) => ({ value, label: t(`brand.theme.${value}`) }))}
      />
    </>
  );
}

function BrandForm(props: { readonly saved: BrandDraft }): ReactNode {
  const { replace } = useLookOfWindow();
  const draft = useDraft('site:brand', props.saved);
  const { problems, form } = useParsedForm({
    draft,
    parse: parseBrand,
    action: useAction('admin:save-brand'),
    onSaved: replace,
  });
  return (
    <SettingsForm {...form}>
      <div className="columns">
        <div>
          <Looks draft={draft} problems={problems} />
        </div>
        <div>
          <OwnTexts draft={draft} problems={problems} />
        </div>
      </div>
    </SettingsForm>
  );
}

/** The customer's own colour, logo and words. */
export function BrandSection(): ReactNode {
  const { t } = useWords();
  const asked = useAnswer('admin:brand', null);
  const { brand } = useLookOfWindow();
  return (
    <Section title={t('brand.title')}>
      <Loaded answer={asked}>{() => <BrandForm saved={draftOf(brand)} />}</Loaded>
    </Section>
  );
}
