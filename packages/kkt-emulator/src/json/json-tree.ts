const NUMBER = Symbol('the text of a JSON number');

/** A number as it was written: no float has touched it. */
export interface JsonNumber {
  readonly [NUMBER]: string;
}

/** A JSON text that was read without loss: numbers keep their text, objects have no prototype. */
export type JsonTree = null | boolean | string | JsonNumber | ReadonlyArray<JsonTree> | JsonObject;

export interface JsonObject {
  readonly [name: string]: JsonTree;
}

export const jsonNumber = (text: string): JsonNumber => ({ [NUMBER]: text });

/** The text of a JSON number, or `undefined` for anything else. */
export const numberText = (value: unknown): string | undefined =>
  typeof value === 'object' && value !== null && NUMBER in value ? String(value[NUMBER]) : undefined;

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(NUMBER in value);
