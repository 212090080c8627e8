/** Does a piece of work once and answers with what was measured. */
export type Contestant<Measured = number> = () => Promise<Measured>;

/**
 * Lets contestants run in turns, so that what happens to the machine happens to all of them: some rounds to warm up, then those that
 * count. Every second round goes the other way round. Answers with what each measured, round by round.
 */
export const inTurns = async <Name extends string, Measured = number>(
  contestants: Readonly<Record<Name, Contestant<Measured>>>,
  { warmUp, rounds }: { readonly warmUp: number; readonly rounds: number },
): Promise<Readonly<Record<Name, ReadonlyArray<Measured>>>> => {
  const names = Object.keys(contestants) as Name[];
  const measured = Object.fromEntries(names.map((name) => [name, [] as Measured[]])) as Record<
    Name,
    Measured[]
  >;
  for (let round = 0; round < warmUp + rounds; round += 1) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const value = await contestants[name]();
      if (round >= warmUp) measured[name].push(value);
    }
  }
  return measured;
};
