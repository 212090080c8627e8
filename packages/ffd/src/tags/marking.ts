import type { TagRow } from '../tag';

/**
 * Tags of the requests, notifications and answers about marked goods (forms 81 to 84, FFD 1.2). They have no field name in the
 * exchange format of the tax service; the names are ours. Tags 2102, 2104, 2106 to 2108, 2112, 2113 and 2115, which receipts
 * and reports carry as well, stand with those.
 */
export const MARKING_TAGS: ReadonlyArray<TagRow> = [
  [1011, 'timeZone', 'часовая зона', 'byte', 1],
  [2000, 'markingCode', 'код маркировки', 'string', 256],
  [2001, 'markingRequestNumber', 'номер запроса', 'uint32', 4],
  [2002, 'markingNotificationNumber', 'номер уведомления', 'uint32', 4],
  [2003, 'plannedProductStatus', 'планируемый статус товара', 'byte', 1],
  [2004, 'markingCodeCheckResult', 'результат проверки КМ', 'byte', 1],
  [2005, 'markingRequestResult', 'результаты обработки запроса', 'byte', 1],
  [2006, 'markingNotificationResult', 'результаты обработки уведомления', 'byte', 1],
  [2007, 'markedProductData', 'данные о маркированном товаре', 'stlv', 512, { repeated: true }],
  [2040, 'markedReceiptDocumentNumber', 'номер ФД', 'uint32', 4],
  [2100, 'markingCodeType', 'тип кода маркировки', 'byte', 1],
  [2101, 'markedProductId', 'идентификатор товара', 'string', 38],
  [2105, 'markingRequestCode', 'коды обработки запроса', 'byte', 1],
  [2109, 'markingSystemStatus', 'ответ ОИСМ о статусе товара', 'byte', 1],
  [2110, 'assignedProductStatus', 'присвоенный статус товара', 'byte', 1],
  [2111, 'markingNotificationCode', 'коды обработки уведомления', 'byte', 1],
  [2114, 'markingRequestDateTime', 'дата и время запроса', 'unixtime', 4],
  [2116, 'markingOperationKind', 'вид операции', 'byte', 1],
];
