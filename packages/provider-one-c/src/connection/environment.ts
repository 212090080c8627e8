import type { Connection } from '@cloud-kassa/core';
import { isAllowedAddress } from '@cloud-kassa/provider';
import { ONE_C_GATEWAY } from './connection-form';

/** Why an address and the environment it is said to be do not go together. */
export type EnvironmentProblem = 'production-address' | 'loopback-address';

const PRODUCTION_HOSTS = new Set([new URL(ONE_C_GATEWAY).host]);

const isLoopback = (hostname: string): boolean => {
  const bare = hostname.replace(/^\[|\]$/g, '');
  if (bare === 'localhost' || bare.endsWith('.localhost')) return true;
  return !isAllowedAddress(bare, 'public') && isAllowedAddress(bare, 'public-and-loopback');
};

/**
 * Test and production are never mixed: the gateway of 1C is production (a test contour of it is not known), this machine is an emulator.
 * `undefined` where nothing speaks against the environment.
 */
export const environmentProblem = ({
  environment,
  baseUrl,
}: Pick<Connection, 'environment' | 'baseUrl'>): EnvironmentProblem | undefined => {
  if (!URL.canParse(baseUrl)) return undefined;
  const { host, hostname } = new URL(baseUrl);
  if (PRODUCTION_HOSTS.has(host) && environment !== 'production') return 'production-address';
  return isLoopback(hostname) && environment !== 'emulator' ? 'loopback-address' : undefined;
};
