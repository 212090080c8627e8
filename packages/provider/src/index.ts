export type {
  AskAnswer,
  AskBy,
  Availability,
  Capabilities,
  FinalAnswer,
  FiscalProvider,
  FiscalRequest,
  NotExpressible,
  SendAnswer,
  UnitState,
} from './port';
