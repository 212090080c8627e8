/** Milliseconds of processor time that this process has used since it was started, all its threads together. */
export const processorMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};
