/*
 * What a run of jest has skipped, by stores and by reasons. A skipped test, or a `describe` around it, says why in parentheses at the end of
 * its name. Many tests with one reason are one line.
 */
const REASON = /^(.*?)\s*\((?:skipped: )?([^()]*)\)$/;

const described = ({ ancestorTitles, title }) => {
  const titles = [...ancestorTitles, title];
  const [name, reason] =
    titles.map((each) => REASON.exec(each)?.slice(1)).find((match) => match !== undefined) ?? [];
  const group = ancestorTitles[0]?.replace(REASON, '$1') ?? name ?? title;
  return { group, reason: reason ?? 'without a reason' };
};

/** @param testResults those of `jest --json`. */
export const skippedTests = (testResults) => {
  const counts = new Map();
  for (const { assertionResults } of testResults)
    for (const result of assertionResults) {
      if (result.status !== 'pending') continue;
      const { group, reason } = described(result);
      const line = `${group} (${reason})`;
      counts.set(line, (counts.get(line) ?? 0) + 1);
    }
  return [...counts].map(([line, count]) => `skipped: ${line}${count === 1 ? '' : `, ${count} tests`}`);
};
