import type { ReceiptContent } from '@cloud-kassa/core';
import { personalValues } from './personal-values';

const content = (change: Partial<ReceiptContent>): ReceiptContent =>
  ({ items: [], ...change }) as unknown as ReceiptContent;

describe('values that speak of persons', () => {
  it('are those of the buyer, the cashier, agents and suppliers', () => {
    const agent = {
      sign: 1 as never,
      data: {
        agentPhones: ['+71'],
        operatorPhones: ['+72'],
        transferOperatorPhones: ['+73'],
        operation: 'оплата',
      },
      supplier: { inn: '7707083893', name: 'ИП Петров', phones: ['+74'] },
    };
    const values = personalValues(
      content({
        buyer: { keyId: 'k', person: { email: 'a@b.ru', name: 'Анна', birthDate: '1980-02-29' } },
        cashier: { name: 'Кассир', inn: '500100732259' },
        items: [{ name: 'чай', agent } as unknown as ReceiptContent['items'][number]],
        agent: { ...agent, data: { agentPhones: ['+75'] } },
      }),
    );
    expect(values.toSorted()).toEqual(
      [
        '+71',
        '+72',
        '+73',
        '+74',
        '+74',
        '+75',
        '1980-02-29',
        '500100732259',
        'a@b.ru',
        'Анна',
        'ИП Петров',
        'ИП Петров',
        'Кассир',
      ].toSorted(),
    );
  });

  it('are none where the buyer was erased', () => {
    expect(personalValues(content({ buyer: { keyId: 'k', person: { erased: true } } }))).toEqual([]);
  });
});
