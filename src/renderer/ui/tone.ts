/** How a state is to be taken: `waiting` is neither good nor bad yet, `off` is meant to be so. */
export type Tone = 'good' | 'warning' | 'bad' | 'waiting' | 'off';
