import type { ReactNode } from 'react';
import type { RiskRule } from '../../../shared/domain/risk.ts';
import { moveBetweenRows } from '../parts/row-keys.ts';
import { useWords } from '../words.tsx';
import { conditionText, effectText } from './risk-words.ts';

const COLUMNS = ['on', 'id', 'when', 'scenes', 'effect'] as const;

interface TableProps {
  readonly rules: readonly RiskRule[];
  readonly onChange: (rules: readonly RiskRule[]) => void;
  readonly onOpen: (rule: RiskRule) => void;
}

function Row(props: TableProps & { readonly rule: RiskRule }): ReactNode {
  const { t } = useWords();
  const { rule, rules, onChange } = props;
  return (
    <tr className={rule.enabled ? undefined : 'row-off'}>
      <td>
        <input
          type="checkbox"
          className="tick"
          checked={rule.enabled}
          aria-label={t('risk.enabled', { id: rule.id })}
          onChange={({ target }) =>
            onChange(rules.map((one) => (one === rule ? { ...rule, enabled: target.checked } : one)))
          }
        />
      </td>
      <th scope="row">
        <button
          type="button"
          className="row-button code"
          onKeyDown={moveBetweenRows}
          onClick={() => props.onOpen(rule)}
        >
          {rule.id}
        </button>
      </th>
      <td>{conditionText(rule, t)}</td>
      <td className="wrap">{rule.sceneIds?.join(t('documents.between')) ?? t('risk.allScenes')}</td>
      <td>{effectText(rule.effect, t)}</td>
      <td className="end">
        <div className="row-actions">
          <button type="button" className="button" onClick={() => onChange(rules.filter((one) => one !== rule))}>
            {t('risk.remove')}
            <span className="visually-hidden"> {rule.id}</span>
          </button>
        </div>
      </td>
    </tr>
  );
}

/** All rules: switched on and off in place, opened by their code. */
export function RulesTable(props: TableProps): ReactNode {
  const { t } = useWords();
  if (props.rules.length === 0) return <p className="empty">{t('risk.empty')}</p>;
  return (
    <table className="risk-rules">
      <caption className="visually-hidden">{t('risk.table')}</caption>
      <thead>
        <tr>
          {COLUMNS.map((column) => (
            <th key={column} scope="col" className={`column-${column}`}>
              {t(`risk.columns.${column}`)}
            </th>
          ))}
          <th scope="col">
            <span className="visually-hidden">{t('overview.action')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {props.rules.map((rule) => (
          <Row key={rule.id} {...props} rule={rule} />
        ))}
      </tbody>
    </table>
  );
}
