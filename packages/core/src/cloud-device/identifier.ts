const IDENTIFIER = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** May the text name a device or a register? Such names become parts of stream names. */
export const isIdentifier = (text: string): boolean => IDENTIFIER.test(text);

/** The stream of a cloud device. */
export const cloudDeviceStream = (deviceId: string): string => `clouddevice-${deviceId}`;
