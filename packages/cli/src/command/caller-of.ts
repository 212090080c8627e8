import type { Caller } from '@cloud-kassa/cloud-kassa';
import type { Given } from './command-spec';

/**
 * Who gives the commands of a call. With `--command-id` a call that is repeated changes nothing twice; where a call gives several commands
 * each has its part of the id.
 */
export const callerOf = (given: Given, part?: string): Caller => {
  const commandId = given.value('command-id');
  if (commandId === undefined) return {};
  return { commandId: part === undefined ? commandId : `${commandId}:${part}` };
};
