import type { TagRow } from '../tag';

/**
 * Document forms (формы фискальных документов): a document is one element whose tag is the code of its form. The length is the
 * greatest size of the document. The names of 1 to 41 are the roots of the exchange format of the tax service, those of the
 * confirmation and of the marking forms 81 to 84 are ours.
 */
export const FORM_TAGS: ReadonlyArray<TagRow> = [
  [1, 'fiscalReport', 'отчет о регистрации', 'stlv', 6144],
  [2, 'openShift', 'отчет об открытии смены', 'stlv', 4096],
  [3, 'receipt', 'кассовый чек', 'stlv', 32768],
  [4, 'bso', 'бланк строгой отчетности', 'stlv', 32768],
  [5, 'closeShift', 'отчет о закрытии смены', 'stlv', 4096],
  [6, 'closeArchive', 'отчет о закрытии фискального накопителя', 'stlv', 4096],
  [7, 'operatorAck', 'подтверждение оператора', 'stlv', 512],
  [11, 'fiscalReportCorrection', 'отчет об изменении параметров регистрации', 'stlv', 6144],
  [21, 'currentStateReport', 'отчет о текущем состоянии расчетов', 'stlv', 32768],
  [31, 'receiptCorrection', 'кассовый чек коррекции', 'stlv', 32768],
  [41, 'bsoCorrection', 'бланк строгой отчетности коррекции', 'stlv', 32768],
  [81, 'markingCodeRequest', 'запрос о коде маркировки', 'stlv', 4096],
  [82, 'markedSaleNotification', 'уведомление о реализации маркированного товара', 'stlv', 32768],
  [83, 'markingCodeAnswer', 'ответ на запрос', 'stlv', 512],
  [84, 'markingNotificationReceipt', 'квитанция на уведомление', 'stlv', 512],
];
