import type { ReactNode } from 'react';
import type { VideoDevice } from '../../../shared/domain/camera-identity.ts';
import type { CameraIdentityStatus } from '../../../shared/ipc/admin-camera.ts';
import { useAction, useAnswer } from '../answers.ts';
import { dateTime } from '../formats.ts';
import { CheckRow } from '../parts/choice.tsx';
import { Mark } from '../parts/mark.tsx';
import { FailureNote } from '../parts/notice.tsx';
import { Facts, Loaded, Section, type Fact } from '../parts/page.tsx';
import { ChangeableBy } from '../parts/read-only.tsx';
import { useWords } from '../words.tsx';
import type { DescribedPreview } from './use-described.ts';

function deviceText({ name, usb }: VideoDevice): string {
  return usb ? `${name} · ${usb.vendorId}:${usb.productId}${usb.serial === null ? '' : ` · ${usb.serial}`}` : name;
}

/** Only what is there to say: the device, its place, the pin, what was noticed. */
function useFacts({ camera, pin }: CameraIdentityStatus): readonly Fact[] {
  const { t } = useWords();
  const facts: Fact[] = [];
  if (camera?.device) {
    facts.push({ name: t('identity.device'), value: deviceText(camera.device) });
    facts.push({ name: t('identity.bus'), value: t(`identity.buses.${camera.device.bus}`) });
    if (camera.device.path !== null) {
      facts.push({ name: t('identity.place'), value: <span className="code">{camera.device.path}</span> });
    }
  }
  if (pin !== null) facts.push({ name: t('identity.pin'), value: `${pin.label} · ${dateTime(pin.pinnedAtMs)}` });
  if (camera !== null && camera.signs.length > 0) {
    facts.push({
      name: t('identity.signs'),
      value: camera.signs.map((sign) => t(`identity.sign.${sign}`)).join(' · '),
    });
  }
  return facts;
}

function State(props: { readonly status: CameraIdentityStatus }): ReactNode {
  const { t } = useWords();
  const { camera, pin } = props.status;
  if (camera === null) return <Mark tone="off">{t('identity.noCamera')}</Mark>;
  if (camera.refusal !== null) {
    return (
      <Mark tone="bad">
        {t(`identity.refused.${camera.refusal.code === 'camera.changed' ? 'changed' : 'virtual'}`)}
      </Mark>
    );
  }
  if (camera.pinned === 'same') return <Mark tone="good">{t('identity.same')}</Mark>;
  return <Mark tone="warning">{t(pin === null ? 'identity.notPinned' : 'identity.otherAllowed')}</Mark>;
}

/** Which device the open camera is, whether it is the pinned one, and the decision about it. */
export function IdentitySection(props: { readonly preview: DescribedPreview | null }): ReactNode {
  const { t } = useWords();
  const opened = props.preview?.opened ?? null;
  const status = useAnswer('admin:camera-identity', { opened });
  const { phase, run } = useAction('admin:save-camera-trust');
  const { replace } = status;
  return (
    <Section title={t('identity.title')}>
      <Loaded answer={status}>
        {(value) => (
          <Decision
            status={value}
            busy={phase.state === 'running'}
            onDecide={(policy, pin) =>
              void run({ policy, pin, opened }).then((answer) => {
                if (answer.ok) replace(answer.value);
              })
            }
          />
        )}
      </Loaded>
      {phase.state === 'failed' ? <FailureNote failure={phase.failure} /> : null}
    </Section>
  );
}

function Decision(props: {
  readonly status: CameraIdentityStatus;
  readonly busy: boolean;
  readonly onDecide: (policy: CameraIdentityStatus['policy'], pin: 'keep' | 'remove' | 'pin-opened') => void;
}): ReactNode {
  const { t } = useWords();
  const { status, busy, onDecide } = props;
  const { policy, pin, camera } = status;
  const facts = useFacts(status);
  const mayPin = camera !== null && camera.identity !== null && camera.pinned !== 'same';
  return (
    <>
      <State status={status} />
      {facts.length === 0 ? null : <Facts facts={facts} />}
      <ChangeableBy right="change-settings">
        <CheckRow
          label={t('identity.require')}
          note={t('identity.requireNote')}
          checked={policy === 'require-pinned'}
          onToggle={(checked) => onDecide(checked ? 'require-pinned' : 'warn', 'keep')}
        />
        <div className="identity-actions">
          <button
            type="button"
            className="button"
            disabled={!mayPin || busy}
            onClick={() => onDecide(policy, 'pin-opened')}
          >
            {t('identity.pinThis')}
          </button>
          <button
            type="button"
            className="button"
            disabled={pin === null || busy}
            onClick={() => onDecide(policy, 'remove')}
          >
            {t('identity.unpin')}
          </button>
        </div>
      </ChangeableBy>
    </>
  );
}
