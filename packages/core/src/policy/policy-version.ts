/**
 * The version of the dated tables that decide admission and deadlines: VAT codes and taxation systems with their validity, the register
 * policies, the terms, the alarms. It is recorded with every receipt and changes whenever one of the tables does.
 */
export const POLICY_VERSION = '2026.1';
