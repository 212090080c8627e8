import type { CommandContext } from '../command/command-context';
import type { CommandResult } from '../command/command-result';
import { failure, shown, wrongUse } from '../command/command-result';
import type { CommandSpec, Given } from '../command/command-spec';
import { text } from '../output/view';

const KEY_ID = /^[0-9a-f]{64}$/;

const erase = async (given: Given, context: CommandContext): Promise<CommandResult> => {
  if (!given.flag('yes'))
    return wrongUse('yes', 'confirmation', {
      english: 'An erasure can not be undone. Say --yes.',
      russian: 'Удаление необратимо. Подтвердите: --yes.',
    });
  const kassa = await context.kassa();
  if (!kassa.ok) return failure(kassa.error);
  const buyer = given.argument('buyer') ?? '';
  const erased = await kassa.value.buyers.erase(KEY_ID.test(buyer) ? { keyId: buyer } : { contact: buyer });
  if (!erased.ok) return failure(erased.error);
  const { keyId, keys } = erased.value;
  return shown(
    { keyId, keys },
    keys === 0
      ? text(
          'Nothing of this buyer was kept, or it was erased before.',
          'Данных этого покупателя нет или они уже удалены.',
        )
      : text(
          `The personal data of buyer ${keyId} can not be read any more. Documents, sums and the chain of hashes stay.`,
          `Персональные данные покупателя ${keyId} больше не прочитать. Документы, суммы и цепочка хешей остаются.`,
        ),
  );
};

export const BUYER_COMMANDS: ReadonlyArray<CommandSpec> = [
  {
    path: ['buyer', 'erase'],
    text: {
      english: 'erase the personal data of a buyer',
      russian: 'удалить персональные данные покупателя',
    },
    details: {
      english:
        'Erases the keys under which telephone, e-mail and name of a buyer are sealed: they become unreadable in the events, the read models and every copy. A buyer who gave a telephone and an e-mail is known by both: erase both.',
      russian:
        'Удаляет ключи, которыми запечатаны телефон, почта и имя покупателя: их не прочитать ни в событиях, ни в копиях. Покупатель известен и по телефону, и по почте: удалите оба.',
    },
    arguments: [
      {
        name: 'buyer',
        text: {
          english: 'telephone, e-mail, or the key id that `receipts show` tells',
          russian: 'телефон, почта или имя ключа из `receipts show`',
        },
      },
    ],
    options: [
      { name: 'yes', kind: 'flag', text: { english: 'it can not be undone', russian: 'подтверждение' } },
    ],
    examples: ['buyer erase buyer@example.ru --yes'],
    run: erase,
  },
];
