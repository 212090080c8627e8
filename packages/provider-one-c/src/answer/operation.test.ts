import type { JsonRead } from '@cloud-kassa/provider';
import { KEY, RESULT, operation } from '../one-c.testing';
import { ONE_C_SETTINGS } from '../settings';
import { operationState } from './operation';

const read = (body: unknown, change: Partial<typeof ONE_C_SETTINGS> = {}): unknown =>
  operationState(body as JsonRead, KEY, { ...ONE_C_SETTINGS, ...change });

describe('the state of an operation', () => {
  it('IN_PROGRESS is waiting, with the receipt id as handle', () => {
    expect(read(operation('IN_PROGRESS'))).toEqual({ _tag: 'Waiting', handle: `r-${KEY}` });
    expect(read(operation('IN_PROGRESS', undefined, { receiptId: undefined }))).toEqual({ _tag: 'Waiting' });
    expect(read(operation('IN_PROGRESS', undefined, { receiptId: 17 }))).toEqual({
      _tag: 'Waiting',
      handle: '17',
    });
    expect(read(operation('IN_PROGRESS', undefined, { receiptId: '' }))).toEqual({ _tag: 'Waiting' });
    expect(read(operation('IN_PROGRESS', undefined, { receiptId: 'x'.repeat(201) }))).toEqual({
      _tag: 'Waiting',
    });
  });

  it('SUCCESS is a document', () => {
    expect(read(operation('SUCCESS', RESULT))).toEqual({
      _tag: 'Done',
      handle: `r-${KEY}`,
      document: {
        fn: '9999078900006211',
        fp: 3449555941,
        shiftNumber: 173,
        numberInShift: 425,
        registrationNumber: '0000000005020922',
        madeAt: '2026-10-08T13:05:27',
        fnsSite: 'www.nalog.gov.ru',
      },
    });
  });

  it('SUCCESS without data is refused: a fiscal result is never taken without its data', () => {
    for (const empty of [undefined, null, {}, '', [], { receiptResponse: {} }])
      expect(read(operation('SUCCESS', empty))).toMatchObject({ _tag: 'Unreadable', foreign: false });
  });

  it('REJECTED keeps its description', () => {
    expect(read(operation('REJECTED'))).toEqual({
      _tag: 'Rejected',
      description: 'описание',
      handle: `r-${KEY}`,
    });
    expect(read(operation('REJECTED', {}, { operationStatusDescription: null }))).toMatchObject({
      description: '',
    });
  });

  it('any other status says nothing', () => {
    for (const status of ['', 'success', 'DONE', 'CANCELLED', 'IN PROGRESS'])
      expect(read(operation(status, RESULT))).toEqual({
        _tag: 'Unreadable',
        field: 'operationResponse.operationStatus',
        foreign: false,
      });
  });

  it('of another operation is never taken for this one', () => {
    const other = operation('SUCCESS', RESULT, { operationId: '00000000-0000-4000-8000-000000000000' });
    expect(read(other)).toEqual({
      _tag: 'Unreadable',
      field: 'operationResponse.operationId',
      foreign: true,
    });
    expect(read(operation('SUCCESS', RESULT, { operationId: undefined }))).toMatchObject({
      _tag: 'Unreadable',
      foreign: false,
    });
    expect(read(operation('IN_PROGRESS', {}, { operationId: KEY.toUpperCase() }))).toMatchObject({
      _tag: 'Waiting',
    });
  });

  it('is not read from what is no answer about an operation', () => {
    for (const body of [
      null,
      [],
      {},
      'SUCCESS',
      5,
      { operationResponse: null },
      { operationResponse: 'SUCCESS' },
      { operationResponse: [] },
    ])
      expect(read(body)).toMatchObject({ _tag: 'Unreadable' });
  });
});
