import type { PaymentCommand, PaymentEvent, PaymentRefusal, PaymentState } from '@cloud-kassa/core';
import type { CommandHandler } from '@cloud-kassa/event-store';

/** The handler of the payments' streams. */
export type Payments = CommandHandler<string, PaymentCommand, PaymentState, PaymentEvent, PaymentRefusal>;
