/** What an audit keeps of one cloud device. */
export interface DeviceTrail {
  readonly deviceId: string;
  unread: boolean;
  status: 'unregistered' | 'active' | 'suspended' | 'retired';
  domain: string;
  /** Ids of the register cards attached to it. */
  readonly registers: Set<string>;
}

/** A device of which nothing is known yet. */
export const newDeviceTrail = (deviceId: string): DeviceTrail => ({
  deviceId,
  unread: false,
  status: 'unregistered',
  domain: '',
  registers: new Set(),
});
