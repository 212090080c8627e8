import { eventIdOf } from '@cloud-kassa/event-store';

/**
 * The id of the command by which a process takes a step: UUID v5 of what caused it and the name of the step. Whoever takes the step
 * again, here or in another process, gives the same command.
 */
export const commandIdOf = (cause: string, step: string): string => eventIdOf(step, cause, 0);
