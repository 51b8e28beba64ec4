import type { ReactNode } from 'react';
import { useAction, useAnswer } from '../answers.ts';
import { useDraft } from '../drafts.tsx';
import { TextField } from '../parts/field.tsx';
import { Loaded, Page } from '../parts/page.tsx';
import { SettingsForm } from '../parts/settings-form.tsx';
import { useParsedForm } from '../use-parsed-form.ts';
import { useWords } from '../words.tsx';
import { BrandSection } from './brand-section.tsx';
import { parseSite, type SiteDraft } from './site-form.ts';

function SiteForm(props: { readonly site: SiteDraft; readonly onSaved: (site: SiteDraft) => void }): ReactNode {
  const { t } = useWords();
  const draft = useDraft('site', props.site);
  const { problems, form } = useParsedForm({
    draft,
    parse: parseSite,
    action: useAction('admin:save-site'),
    onSaved: props.onSaved,
  });
  return (
    <SettingsForm {...form}>
      <div className="columns">
        <div>
          <TextField
            label={t('site.name')}
            hint={t('site.nameHint')}
            value={draft.value.siteName}
            problem={problems.siteName}
            onEdit={(siteName) => draft.edit({ siteName })}
            maxLength={60}
          />
          <TextField
            label={t('site.nameEnglish')}
            hint={t('site.nameEnglishHint')}
            value={draft.value.siteNameEnglish}
            problem={problems.siteNameEnglish}
            onEdit={(siteNameEnglish) => draft.edit({ siteNameEnglish })}
            maxLength={80}
          />
          <TextField
            label={t('site.purpose')}
            hint={t('site.purposeHint')}
            value={draft.value.purpose}
            problem={problems.purpose}
            onEdit={(purpose) => draft.edit({ purpose })}
            maxLength={120}
          />
          <TextField
            label={t('site.purposeEnglish')}
            hint={t('site.purposeEnglishHint')}
            value={draft.value.purposeEnglish}
            problem={problems.purposeEnglish}
            onEdit={(purposeEnglish) => draft.edit({ purposeEnglish })}
            maxLength={160}
          />
          <TextField
            label={t('site.contact')}
            hint={t('site.contactHint')}
            value={draft.value.contact ?? ''}
            problem={problems.contact}
            onEdit={(contact) => draft.edit({ contact })}
            maxLength={120}
          />
        </div>
      </div>
    </SettingsForm>
  );
}

/** What visitors read about this counter: its name, and why their face is looked at. */
export function SitePage(): ReactNode {
  const { t } = useWords();
  const site = useAnswer('admin:site', null);
  return (
    <Page title={t('section.site')} summary={t('site.summary')}>
      <Loaded answer={site}>{(value) => <SiteForm site={value} onSaved={site.replace} />}</Loaded>
      <BrandSection />
    </Page>
  );
}
