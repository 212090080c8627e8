import type * as t from 'io-ts';
import { guardedCodec, literalCodec } from './guarded-codec';

/** Agent signs in ascending order of their bit. */
export const AGENT_SIGN_LIST = [1, 2, 4, 8, 16, 32, 64] as const;

/** One agent sign (признак агента), one bit of tags 1057 and 1222. */
export type AgentSign = (typeof AGENT_SIGN_LIST)[number];

/** {@link AgentSign} in stored and transferred data: a value of the list and nothing else. */
export const AgentSignCodec = literalCodec<AgentSign>(AGENT_SIGN_LIST, 'AgentSign');

/** An agent sign in words. */
export interface AgentSignMeaning {
  readonly name: string;
  readonly russian: string;
}

/** The bits of tags 1057 (receipt, FFD 1.05 and 1.1) and 1222 (item) (order ЕД-7-20/662@). */
export const AGENT_SIGNS: Readonly<Record<AgentSign, AgentSignMeaning>> = {
  1: { name: 'bank payment agent', russian: 'банковский платежный агент' },
  2: { name: 'bank payment subagent', russian: 'банковский платежный субагент' },
  4: { name: 'payment agent', russian: 'платежный агент' },
  8: { name: 'payment subagent', russian: 'платежный субагент' },
  16: { name: 'attorney', russian: 'поверенный' },
  32: { name: 'commission agent', russian: 'комиссионер' },
  64: { name: 'other agent', russian: 'иной агент' },
};

interface AgentMaskBrand {
  readonly AgentMask: unique symbol;
}

/** A sum of agent signs, 1 to 127. Not being an agent is the absence of the tag, never zero. */
export type AgentMask = t.Branded<number, AgentMaskBrand>;

const isAgentMask = (input: unknown): input is AgentMask =>
  typeof input === 'number' && Number.isInteger(input) && input >= 1 && input <= 127;

/** {@link AgentMask} in stored and transferred data: 1 to 127. */
export const AgentMaskCodec: t.Type<AgentMask, number> = guardedCodec<AgentMask, number>(
  'AgentMask',
  isAgentMask,
);

/** The signs as one mask; a sign named twice counts once. */
export const agentMaskOf = (first: AgentSign, ...others: ReadonlyArray<AgentSign>): AgentMask =>
  others.reduce((mask: number, sign) => mask | sign, first) as AgentMask;

/** The signs in a mask, ascending; at least one. */
export const agentSignsIn = (mask: AgentMask): ReadonlyArray<AgentSign> =>
  AGENT_SIGN_LIST.filter((sign) => (mask & sign) !== 0);
