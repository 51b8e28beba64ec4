import type { Challenge } from '../../shared/domain/challenge.ts';
import type { ChipAccessKey } from '../../shared/domain/travel-document.ts';
import type { IdCardSides } from './id-card-confirmation.ts';
import type { QualityLimits } from '../../shared/domain/face-quality.ts';
import type { Run } from './run.ts';
import type { Ending, FlowState } from './flow-state.ts';

/** Work that the reducer asks for. It happens outside of the reducer and comes back as events. */
export type FlowEffect =
  | { readonly type: 'open-capture'; readonly certifyId: string; readonly limits: QualityLimits }
  | { readonly type: 'read-card'; readonly certifyId: string }
  | { readonly type: 'stop-reading' }
  | { readonly type: 'accept-reading'; readonly certifyId: string; readonly sides: IdCardSides }
  | { readonly type: 'read-chip'; readonly certifyId: string; readonly key: ChipAccessKey }
  | { readonly type: 'begin-challenge'; readonly certifyId: string; readonly challenge: Challenge }
  | { readonly type: 'judge'; readonly certifyId: string }
  | { readonly type: 'keep-question'; readonly certifyId: string }
  | { readonly type: 'commit'; readonly run: Run; readonly ending: Ending }
  | { readonly type: 'rule-risk'; readonly certifyId: string }
  | { readonly type: 'read-guardian'; readonly certifyId: string }
  | { readonly type: 'open-hand-off'; readonly certifyId: string }
  | { readonly type: 'close-hand-off'; readonly certifyId: string }
  | { readonly type: 'read-holder'; readonly withdrawalId: string }
  | { readonly type: 'erase-holder'; readonly withdrawalId: string }
  | { readonly type: 'forget-holder'; readonly withdrawalId: string }
  | { readonly type: 'wipe'; readonly certifyId: string };

export interface Step {
  readonly state: FlowState;
  readonly effects: readonly FlowEffect[];
}
