export {
  failingOnce,
  faultyDriver,
  sqliteError,
  type FailingOnce,
  type StatementFault,
} from './faulty-driver';
export { temporaryFolder, type TemporaryFolder } from './temporary-folder';
