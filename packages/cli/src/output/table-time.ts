/**
 * A time for a table, as `2026-11-27 09:00:00`: the zone stands in the title of the column, and a narrow terminal breaks it between day and
 * hour. Neither the zone of the machine nor that of the reader is asked for anything.
 */
export const tableTime = (time: string): string => time.slice(0, 19).replace('T', ' ');
