import type { Bilingual } from '@cloud-kassa/provider';

/** One thing to have or to do before a cloud register works. */
export interface SetupItem {
  readonly id: 'contract' | 'fiscal-drive' | 'credentials' | 'connection';
  readonly text: Bilingual;
  /** Requirement of the 1C cloud cash register. */
  readonly source: string;
}

/** What has to be there before the first receipt (подготовка к работе; requirements S3 to S6, S14 to S18). */
export const SETUP_CHECKLIST: ReadonlyArray<SetupItem> = [
  {
    id: 'contract',
    text: {
      russian:
        'Договор аренды облачной кассы с провайдером сервиса; касса стоит в его центре обработки данных.',
      english:
        "A rental contract with a provider of cloud registers; the register stands in the provider's data centre.",
    },
    source: 'S4, S14',
  },
  {
    id: 'fiscal-drive',
    text: {
      russian: 'Куплен фискальный накопитель; касса зарегистрирована в налоговой.',
      english: 'A fiscal drive has been bought and the register is registered with the tax authority.',
    },
    source: 'S5',
  },
  {
    id: 'credentials',
    text: {
      russian:
        'Данные для аутентификации получены в личном кабинете провайдера; для шлюза 1С — логин портала 1С:ИТС.',
      english:
        "The credentials were taken from the provider's cabinet; for the 1C gateway a login of the 1C:ITS portal.",
    },
    source: 'S18',
  },
  {
    id: 'connection',
    text: {
      russian: 'Облачная ККТ создана в общем доступе, параметры подключения заполнены и проверены.',
      english:
        'The cloud register is set up for shared use, its connection parameters are filled in and checked.',
    },
    source: 'S15 to S17',
  },
];
