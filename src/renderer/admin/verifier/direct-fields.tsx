import type { ReactNode } from 'react';
import { SelectField } from '../parts/select-field.tsx';
import { useWords } from '../words.tsx';
import { AliyunAdvanced, TencentAdvanced } from './direct-advanced.tsx';
import { ALIYUN_SCENES } from './direct-form.ts';
import { DirectText, type DirectProps } from './direct-text.tsx';

function Scenes(props: DirectProps): ReactNode {
  const { t } = useWords();
  return (
    <fieldset className="direct-group">
      <legend>{t('direct.scenes')}</legend>
      <p className="muted">{t('direct.scenesNote')}</p>
      <div className="pair-grid">
        {ALIYUN_SCENES.map((scene) => (
          <DirectText
            key={scene}
            {...props}
            field={scene}
            label={t(`direct.scene.${scene}`)}
            hint={t(`direct.sceneHint.${scene}`)}
            numeric
            maxLength={20}
          />
        ))}
      </div>
    </fieldset>
  );
}

function Bucket(props: DirectProps): ReactNode {
  const { t } = useWords();
  return (
    <fieldset className="direct-group">
      <legend>{t('direct.clips')}</legend>
      <p className="muted">{t('direct.clipsNote')}</p>
      <div className="pair-grid">
        <DirectText
          {...props}
          field="bucket"
          label={t('direct.bucket')}
          hint={t('direct.bucketHint')}
          maxLength={100}
        />
        <DirectText
          {...props}
          field="bucketRegion"
          label={t('direct.bucketRegion')}
          hint={t('direct.bucketRegionHint')}
          maxLength={60}
        />
      </div>
      <DirectText
        {...props}
        field="bucketEndpoint"
        label={t('direct.bucketEndpoint')}
        hint={t('direct.bucketEndpointHint')}
        maxLength={600}
      />
    </fieldset>
  );
}

function TencentFields(props: DirectProps): ReactNode {
  const { t } = useWords();
  const { draft } = props;
  return (
    <fieldset className="direct-group">
      <legend>{t('direct.settings')}</legend>
      <DirectText {...props} field="region" label={t('direct.region')} hint={t('direct.regionHint')} maxLength={60} />
      <SelectField
        label={t('direct.rate')}
        hint={t('direct.rateHint')}
        value={draft.value.falseAcceptRate}
        options={{
          '1e-3': t('direct.rates.1e-3'),
          '1e-4': t('direct.rates.1e-4'),
          '1e-5': t('direct.rates.1e-5'),
        }}
        onChoose={(falseAcceptRate) => draft.edit({ falseAcceptRate })}
      />
      <DirectText {...props} field="ruleId" label={t('direct.ruleId')} hint={t('direct.ruleIdHint')} maxLength={80} />
      <TencentAdvanced {...props} />
    </fieldset>
  );
}

/** What the chosen vendor needs beside keys. */
export function VendorFields(props: DirectProps): ReactNode {
  const { t } = useWords();
  switch (props.draft.value.vendor) {
    case 'none':
      return null;
    case 'tencent':
      return <TencentFields {...props} />;
    case 'uni':
      return (
        <fieldset className="direct-group">
          <legend>{t('direct.settings')}</legend>
          <DirectText
            {...props}
            field="url"
            label={t('direct.url')}
            hint={t('direct.urlHint')}
            placeholder="https://function.example/verify"
            maxLength={1000}
          />
        </fieldset>
      );
    case 'aliyun':
      return (
        <>
          <Scenes {...props} />
          <Bucket {...props} />
          <AliyunAdvanced {...props} />
        </>
      );
  }
}
