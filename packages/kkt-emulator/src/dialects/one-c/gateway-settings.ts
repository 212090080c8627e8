/** A provider of cloud registers as 1C's gateway lists it. */
export interface GatewayProvider {
  readonly id: string;
  readonly name: string;
  readonly integrationEnabled: boolean;
  readonly authorizationType: 'Basic' | 'Bearer' | 'SalesRegisterGroup';
  readonly personalPageUrl: string;
  /** Names of 1C configurations (X-Configuration-Name) that may use it; all when absent. */
  readonly configurations?: ReadonlyArray<string>;
}

/** Who may call the gateway: a login of the 1C portal with its password, or a ticket. */
export interface GatewayUser {
  readonly login: string;
  readonly password: string;
  /** A portal ticket, sent as Bearer in the cloud mode of 1C's programs. */
  readonly ticket?: string;
  /** `no-tariff` is answered by 402, `forbidden` by 403. */
  readonly access?: 'allowed' | 'no-tariff' | 'forbidden';
}

/** 1C's gateway in front of the provider API. */
export interface GatewaySettings {
  /** `/public/program-1c` when absent, as the real one. */
  readonly basePath?: string;
  readonly providers: ReadonlyArray<GatewayProvider>;
  readonly users: ReadonlyArray<GatewayUser>;
  /** How long the gateway waits for the provider; 25 s when absent. */
  readonly timeout?: number;
  /**
   * How it tells that the provider did not answer: `outer` as its own 504 with BACKEND_CONNECTION_ERROR, `envelope` as 200 with that
   * status inside. Nothing confirms either; `outer` when absent.
   */
  readonly backendErrors?: 'outer' | 'envelope';
  readonly badCredentials?: { readonly attempts: number; readonly blockedMinutes: number };
}

export const GATEWAY_BASE_PATH = '/public/program-1c';
export const GATEWAY_TIMEOUT = 25_000;
export const GATEWAY_BAD_CREDENTIALS = { attempts: 5, blockedMinutes: 30 };
