/**
 * How a provider of cloud registers knows its client (тип аутентификации, S17): a login and a password, a standing token, or a shop with
 * a group of registers for which a token is issued (`SALESREGISTERGROUP`).
 */
export type AuthenticationType = 'basic' | 'bearer' | 'register-group';

/** The type by its name in the list of providers of the 1C gateway; letter case and underscores do not matter. */
export const authenticationTypeOf = (name: string): AuthenticationType | undefined => {
  switch (name.toUpperCase().replace(/_/g, '')) {
    case 'BASIC':
      return 'basic';
    case 'BEARER':
      return 'bearer';
    case 'SALESREGISTERGROUP':
      return 'register-group';
    default:
      return undefined;
  }
};
