import type { ReactNode } from 'react';
import { useAnswer } from '../answers.ts';
import { Facts, Loaded, Section } from '../parts/page.tsx';
import { useWords } from '../words.tsx';

/** What is installed, and how an update would come: never more than is true of this build. */
export function VersionsSection(): ReactNode {
  const { t } = useWords();
  const versions = useAnswer('admin:versions', null);
  return (
    <Section title={t('system.versions.title')}>
      <Loaded answer={versions}>
        {({ appVersion, packaged, platform, runtime, databaseSchema, models }) => (
          <Facts
            facts={[
              {
                name: t('system.versions.app'),
                value: `${appVersion} · ${t(packaged ? 'system.versions.packaged' : 'system.versions.unpackaged')}`,
              },
              {
                name: t('system.versions.updates'),
                value: t(packaged ? 'system.versions.updatesPackaged' : 'system.versions.updatesDevelopment'),
              },
              {
                name: t('system.versions.platform'),
                value: [
                  platform,
                  ...Object.entries(runtime)
                    .filter(([, version]) => version !== '')
                    .map(([name, version]) => `${name} ${version}`),
                ].join(' · '),
              },
              { name: t('system.versions.schema'), value: String(databaseSchema) },
              {
                name: t('system.versions.models'),
                value:
                  models.length === 0
                    ? '—'
                    : models.map(({ file, sha256 }) => (
                        <span key={file} className="model-file">
                          {file} <span className="code muted">{sha256.slice(0, 16)}</span>
                        </span>
                      )),
              },
            ]}
          />
        )}
      </Loaded>
    </Section>
  );
}
