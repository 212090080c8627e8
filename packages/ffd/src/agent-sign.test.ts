import { fc, test as property } from '@fast-check/jest';
import * as E from 'fp-ts/Either';

import { AGENT_SIGN_LIST, AgentMaskCodec, agentMaskOf, agentSignsIn, type AgentSign } from './agent-sign';

describe('agent signs (tags 1057 and 1222)', () => {
  it('E60: all kinds are 127', () => {
    expect(agentMaskOf(1, 2, 4, 8, 16, 32, 64)).toBe(127);
    expect(agentSignsIn(agentMaskOf(64, 1))).toEqual([1, 64]);
  });

  it('a mask is 1 to 127: not being an agent is the absence of the tag', () => {
    for (const input of [0, -0, -1, 128, 1.5, '1', null, Number.NaN])
      expect(AgentMaskCodec.is(input)).toBe(false);
    for (const input of [1, 3, 127]) expect(AgentMaskCodec.decode(input)).toEqual(E.right(input));
  });

  property.prop([fc.subarray<AgentSign>([...AGENT_SIGN_LIST], { minLength: 1 })])(
    'a mask holds the signs it was made of',
    ([first = 1, ...others]) => {
      const mask = agentMaskOf(first, ...others, first);
      expect(agentSignsIn(mask)).toEqual([first, ...others]);
      expect(AgentMaskCodec.is(mask)).toBe(true);
    },
  );
});
