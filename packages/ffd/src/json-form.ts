/** A value of the JSON form. */
export type JsonValue = string | number | JsonObject | ReadonlyArray<JsonValue>;

/** An object of the JSON form: field names of the exchange format of the tax service. */
export type JsonObject = { readonly [name: string]: JsonValue };

/** Why something has no JSON form, or is none; `path` are the field names from the outermost on. */
export type NotJsonForm = {
  readonly _tag: 'NotJsonForm';
  readonly rule:
    | 'not-a-document'
    | 'unknown-field'
    | 'wrong-type'
    | 'wrong-form-code'
    | 'not-a-decimal'
    | 'not-base64'
    | 'not-a-fiscal-sign'
    | 'too-deep';
  readonly path: ReadonlyArray<string>;
};

/** Field that carries the form code: receipts and strict-reporting forms have names of their own. */
export const formCodeField = (form: number): string =>
  form === 3 ? 'receiptCode' : form === 4 ? 'bsoCode' : 'code';
