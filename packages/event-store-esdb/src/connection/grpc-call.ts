/** A call of gRPC, as far as it is watched here. */
export interface Call {
  start: (metadata: unknown, listener?: Listener) => void;
  readonly cancelWithStatus: (code: number, details: string) => void;
  readonly getPeer: () => string;
  readonly sendMessageWithContext: (context: MessageContext, message: unknown) => void;
  readonly sendMessage: (message: unknown) => void;
  readonly startRead: () => void;
  readonly halfClose: () => void;
  readonly getAuthContext: () => unknown;
}

export interface CallOptions {
  readonly deadline?: Date | number;
  readonly credentials?: unknown;
}

interface Listener {
  readonly onReceiveMetadata?: (metadata: unknown) => void;
  readonly onReceiveMessage?: (message: unknown) => void;
  readonly onReceiveStatus?: (status: CallStatus) => void;
}

interface CallStatus {
  readonly code: number;
  readonly details: string;
  readonly metadata: unknown;
}

interface MessageContext {
  readonly callback?: () => void;
}

const UNAVAILABLE = 14;
export const NO_CONNECTION = 'No connection: the call was not begun';

/** A call that ends as soon as it is started: nothing was sent. */
export const noConnection = (): Call => ({
  start: (metadata, listener) => {
    void Promise.resolve().then(() =>
      listener?.onReceiveStatus?.({ code: UNAVAILABLE, details: NO_CONNECTION, metadata }),
    );
  },
  cancelWithStatus: () => undefined,
  getPeer: () => 'none',
  sendMessageWithContext: ({ callback }) => callback?.(),
  sendMessage: () => undefined,
  startRead: () => undefined,
  halfClose: () => undefined,
  getAuthContext: () => null,
});
