import { HAND_OFF_PATHS } from '../../shared/protocol/kv1-hand-offs.ts';
import type { ApiOperation, ApiParameter } from './api-operation.ts';
import { UUID } from './api-parameters.ts';

const HAND_OFF_ID: ApiParameter = { name: 'handOffId', in: 'path', description: 'UUID version 7', schema: UUID };

/** A person finishes on their own phone. The page itself is no interface: only its own script speaks with it. */
export const HAND_OFF_OPERATIONS: readonly ApiOperation[] = [
  {
    method: 'post',
    path: HAND_OFF_PATHS.handOffs,
    summary: 'Open a page for a phone; the same request gives the same page',
    asker: 'device',
    body: 'HandOffRequest',
    answer: 'HandOffAnswer',
  },
  {
    method: 'get',
    path: HAND_OFF_PATHS.handOff('{handOffId}'),
    summary: 'What became of it',
    asker: 'device',
    parameters: [
      HAND_OFF_ID,
      {
        name: 'prefer',
        in: 'header',
        description: '`wait=N`, at most 20 seconds: until something has changed',
        schema: { type: 'string' },
      },
    ],
    answer: 'HandOffLook',
  },
  {
    method: 'delete',
    path: HAND_OFF_PATHS.handOff('{handOffId}'),
    summary: 'Nobody waits any more: the page says so, and what it took is destroyed',
    asker: 'device',
    parameters: [HAND_OFF_ID],
    answer: 'HandOffLook',
  },
];
