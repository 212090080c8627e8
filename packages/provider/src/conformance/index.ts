import { asking } from './asking';
import { describing } from './describing';
import { secrecy } from './secrecy';
import { sending } from './sending';
import type { AdapterUnderTest } from './subject';
import { globalTestApi, type TestApi } from './test-api';

export { scriptedServer } from './scripted-server';
export type { ConformanceServer, SeenRequest, ServerProtocol, ServerStep, WireAnswer } from './server';
export { steppedRuntime, type SteppedRuntime } from './stepped-runtime';
export type { AdapterUnderTest, OpenAt } from './subject';
export type { TestApi } from './test-api';

/**
 * Registers the tests that every adapter must pass, by the functions of the test framework. The names of the tests state the contract:
 * one call is one request, nothing is ever repeated but once after an attributable "not authorised", nothing is called not sent without
 * proof, nothing is called done or refused without the provider's own words, and no secret and no contact is told.
 */
export const providerConformance = (subject: AdapterUnderTest, api: TestApi = globalTestApi()): void => {
  api.describe(`${subject.name} as a fiscal provider`, () => {
    for (const part of [describing, sending, asking, secrecy]) part(subject, api);
  });
};
