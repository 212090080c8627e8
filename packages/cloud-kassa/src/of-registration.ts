import type { RegistrationError } from '@cloud-kassa/fiscalizer';
import type { KassaError } from './kassa-error';
import { ofHandler, refused } from './kassa-error';

/** The error of an order as callers are told. */
export const ofRegistration = (error: RegistrationError): KassaError => {
  switch (error._tag) {
    case 'Refused': {
      const { _tag, ...refusal } = error;
      return refused(refusal);
    }
    case 'NoRoute':
      return {
        code: 'no-route',
        reason: error.reason,
        ...NO_ROUTE[error.reason],
        refused: error.refused,
      };
    case 'Failed':
      return ofHandler(error.failure, 'receipt');
  }
};

const NO_ROUTE = {
  'no-device': {
    message: 'The organisation has no cloud device that can take the receipt.',
    russian: 'У организации нет облачной ККТ, которая может принять чек.',
  },
  'no-register': {
    message: 'No register card is attached to the device of the organisation.',
    russian: 'К облачной ККТ организации не подключена касса.',
  },
  policy: {
    message: 'The policy of the register does not take this settlement.',
    russian: 'Политика кассы не допускает этот расчёт.',
  },
} as const;
