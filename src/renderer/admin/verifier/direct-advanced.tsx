import type { ReactNode } from 'react';
import { CheckRow } from '../parts/choice.tsx';
import { SelectField } from '../parts/select-field.tsx';
import { useWords } from '../words.tsx';
import type { DirectField } from './direct-form.ts';
import { DirectText, type DirectProps } from './direct-text.tsx';

/** What few need, closed until asked for or until something in it is wrong. */
function Advanced(
  props: Pick<DirectProps, 'problems'> & {
    readonly title: string;
    readonly fields: readonly DirectField[];
    readonly children: ReactNode;
  },
): ReactNode {
  const isWrong = props.fields.some((field) => props.problems[field] !== undefined);
  return (
    <details className="advanced direct-group" open={isWrong || undefined}>
      <summary>{props.title}</summary>
      {props.children}
    </details>
  );
}

function PhoneDetail({ draft }: DirectProps): ReactNode {
  const { t } = useWords();
  return (
    <CheckRow
      label={t('direct.phoneDetail')}
      note={t('direct.phoneDetailNote')}
      checked={draft.value.phoneDetail}
      onToggle={(phoneDetail) => draft.edit({ phoneDetail })}
    />
  );
}

/** The page on which people finish with their own phone. */
function HostedPage(props: DirectProps): ReactNode {
  const { t } = useWords();
  const { draft } = props;
  return (
    <>
      <SelectField
        label={t('direct.hosted')}
        hint={t('direct.hostedHint')}
        value={draft.value.hostedApi}
        options={{
          none: t('direct.hostedApi.none'),
          '2018-09-16': t('direct.hostedApi.2018-09-16'),
          '2019-03-07': t('direct.hostedApi.2019-03-07'),
        }}
        onChoose={(hostedApi) => draft.edit({ hostedApi })}
      />
      {draft.value.hostedApi === 'none' ? null : (
        <DirectText
          {...props}
          field="hostedBiz"
          label={t('direct.hostedBiz')}
          hint={t('direct.hostedBizHint')}
          maxLength={60}
        />
      )}
    </>
  );
}

/** Picture model, address, the page for phones, and how much carriers tell. */
export function AliyunAdvanced(props: DirectProps): ReactNode {
  const { t } = useWords();
  const { draft } = props;
  return (
    <Advanced title={t('direct.advanced')} problems={props.problems} fields={['endpoint', 'hostedBiz']}>
      <SelectField
        label={t('direct.model')}
        hint={t('direct.modelHint')}
        value={draft.value.model}
        options={{
          NO_LIVENESS: t('direct.models.NO_LIVENESS'),
          FRONT_CAMERA_LIVENESS: t('direct.models.FRONT_CAMERA_LIVENESS'),
          REAR_CAMERA_LIVENESS: t('direct.models.REAR_CAMERA_LIVENESS'),
        }}
        onChoose={(model) => draft.edit({ model })}
      />
      <DirectText
        {...props}
        field="endpoint"
        label={t('direct.endpoint')}
        hint={t('direct.endpointHint')}
        placeholder="https://cloudauth.aliyuncs.com"
        maxLength={600}
      />
      <HostedPage {...props} />
      <PhoneDetail {...props} />
    </Advanced>
  );
}

const ORIGINS = [
  ['faceidOrigin', 'faceid'],
  ['iaiOrigin', 'iai'],
  ['ocrOrigin', 'ocr'],
] as const;

/** Addresses other than Tencent's own, as of a gateway, and how much carriers tell. */
export function TencentAdvanced(props: DirectProps): ReactNode {
  const { t } = useWords();
  return (
    <Advanced title={t('direct.advancedTencent')} problems={props.problems} fields={ORIGINS.map(([field]) => field)}>
      {ORIGINS.map(([field, service]) => (
        <DirectText
          key={field}
          {...props}
          field={field}
          label={t(`direct.origin.${service}`)}
          hint={t('direct.originHint')}
          placeholder={`https://${service}.tencentcloudapi.com`}
          maxLength={600}
        />
      ))}
      <PhoneDetail {...props} />
    </Advanced>
  );
}
