import type { ReactNode } from 'react';
import type { Draft } from '../drafts.tsx';
import type { Problems } from '../form-problem.ts';
import { TextField } from '../parts/field.tsx';
import { useWords } from '../words.tsx';
import { GEOMETRY_FIELDS, type CameraDraft, type GeometryField } from './camera-form.ts';

/** What the camera sees and where people stand: from it follow the hints to come nearer or to step back. */
export function GeometryFields(props: {
  readonly draft: Draft<CameraDraft>;
  readonly problems: Problems<GeometryField>;
}): ReactNode {
  const { t } = useWords();
  const { draft, problems } = props;
  return GEOMETRY_FIELDS.map((field) => (
    <TextField
      key={field}
      label={t(`camera.geometry.${field}`)}
      hint={t(`camera.geometryHint.${field}`)}
      value={draft.value[field]}
      problem={problems[field]}
      onEdit={(text) => draft.edit({ [field]: text })}
      width="short"
      suffix={t(field === 'horizontalFovDegrees' ? 'camera.degrees' : 'camera.centimetres')}
      numeric
      maxLength={5}
    />
  ));
}
