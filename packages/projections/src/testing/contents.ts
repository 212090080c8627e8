import * as E from 'fp-ts/Either';
import type { TaskEither } from 'fp-ts/TaskEither';
import type { AnyQuery, Cursor, Page, QueryRefusal } from '../query';
import type { Description, NotReadable, Parked, ReadModelError, ReadModels, View } from '../read-models';
import type { AnyRow, AnyTable } from '../table';

/** A parked stream without the field its event is refused for. */
export type ParkedStream = Omit<Parked, 'path'>;

/** The rows of every table by its name, in the order of their keys, and the parked streams in the order of their names. */
export interface Contents {
  readonly rows: Readonly<Record<string, ReadonlyArray<AnyRow>>>;
  readonly parked: ReadonlyArray<ParkedStream>;
}

/** All that readers see of a projection. */
export const contentsOf = (
  readModels: ReadModels,
  description: Description,
): TaskEither<ReadModelError | NotReadable, Contents> =>
  readModels.read(description, (view) => ({
    rows: Object.fromEntries(description.tables.map((table) => [table.name, allRows(view, table)])),
    parked: view.parked().map(({ path: _path, ...rest }) => rest),
  }));

type AnyList = (table: AnyTable, query: AnyQuery) => E.Either<QueryRefusal, Page<AnyRow>>;

const allRows = (view: View, table: AnyTable): ReadonlyArray<AnyRow> => {
  // Which columns the rows have does not matter here.
  const list = view.list as AnyList;
  const rows: AnyRow[] = [];
  for (let after: Cursor | undefined; ;) {
    const page = list(table, { after, limit: 1_000 });
    if (E.isLeft(page)) return rows;
    rows.push(...page.right.rows);
    if (page.right.next === undefined) return rows;
    after = page.right.next;
  }
};
