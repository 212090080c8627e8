import type { Metadata } from './envelope';
import type { Position } from './store';

/** Which command wrote to a stream, and where its last event lies. */
export interface KnownCommand {
  readonly hash: string;
  readonly revision: number;
  readonly position: Position;
}

/** The last so many commands that wrote to a stream. Depends on the stream only: events come in their order. */
export interface KnownCommands {
  readonly get: (commandId: string) => KnownCommand | undefined;
  readonly remember: (metadata: Metadata, revision: number, position: Position) => void;
}

export const knownCommands = (limit: number | 'all'): KnownCommands => {
  const most = limit === 'all' ? Number.POSITIVE_INFINITY : limit;
  const commands = new Map<string, KnownCommand>();
  return {
    get: (commandId) => commands.get(commandId),
    remember: ({ commandId, commandHash }, revision, position) => {
      commands.set(commandId, { hash: commandHash, revision, position });
      if (commands.size <= most) return;
      for (const oldest of commands.keys()) {
        commands.delete(oldest);
        return;
      }
    },
  };
};
