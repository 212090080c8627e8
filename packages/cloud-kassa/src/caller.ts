import type { CommandContext } from '@cloud-kassa/event-store';
import type { Runtime } from '@cloud-kassa/runtime';

/** Who gives a command. All of it may be left out. */
export interface Caller {
  /** Give the same id when you try again: what was done is not done twice. Default: a new one. */
  readonly commandId?: string;
  /** The person or system that gives the command, as it stands in the events. Default: the actor the library was opened with. */
  readonly actor?: string;
  readonly correlationId?: string;
  readonly causationId?: string;
}

/** What came of a command. */
export interface Written {
  /** Where the command's last event lies; queries take it as `after`. Absent where the stream is empty. */
  readonly position?: string;
  /** The command had been accepted before, or asked for what already held. */
  readonly duplicate: boolean;
}

/** A caller as the handlers of commands take it. */
export const contextOf = (
  { commandId, actor, correlationId, causationId }: Caller,
  organisation: string,
  { runtime, actor: usual }: { readonly runtime: Runtime; readonly actor: string },
): CommandContext => ({
  commandId: commandId ?? runtime.ids.next(),
  actor: actor ?? usual,
  organisation,
  ...(correlationId === undefined ? {} : { correlationId }),
  ...(causationId === undefined ? {} : { causationId }),
});

/** What a handler answered, as a caller is told. */
export const writtenOf = ({
  position,
  events,
}: {
  readonly position: string | undefined;
  readonly events: ReadonlyArray<unknown>;
}): Written => ({ duplicate: events.length === 0, ...(position === undefined ? {} : { position }) });
