/** Code of a document form (код формы ФД); its names and sizes stand in the tag table under the same number. */
export type FormCode = 1 | 11 | 2 | 21 | 3 | 31 | 4 | 41 | 5 | 6 | 7 | 81 | 82 | 83 | 84;

/** All codes of document forms (order ЕД-7-20/662@); 81 to 84 exist in FFD 1.2 only. */
export const FORM_CODES: ReadonlyArray<FormCode> = [1, 11, 2, 21, 3, 31, 4, 41, 5, 6, 7, 81, 82, 83, 84];
