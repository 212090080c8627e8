import type { OpenError } from '@cloud-kassa/event-store-esdb';

/** Why a database was not opened, in Russian; the English words are the adapter's own. */
export const openErrorText = (error: OpenError, place: string): string => {
  switch (error._tag) {
    case 'WrongConnectionString':
      return `строка подключения неверна (${error.rule})`;
    case 'WrongSettings':
      return 'настройки подключения неверны: пространство имён — до 40 латинских букв, цифр и _';
    case 'CertificateUnusable':
      return 'сертификат из строки подключения не читается или не подходит';
    case 'Unreachable':
      return `${place} не отвечает; проверьте адрес, порт и tls`;
    case 'NotTrusted':
      return `соединение TLS с ${place} не установлено; проверьте сертификаты и tls`;
    case 'AccessDenied':
      return `${place} не принимает пользователя или пароль`;
    case 'VersionTooOld':
      return `сервер версии ${error.version} слишком старый: нужна 22.10 или новее`;
  }
};
