import { many, message, one } from './message';
import { uuid } from './shared-messages';
import { bool, int32, int64, text, uint32 } from './wire-type';

/** `event_store.client.server_features.*` and `event_store.client.gossip.*`. */

export const supportedMethods = message({
  methods: many(1, message({ methodName: one(1, text), serviceName: one(2, text), features: many(3, text) })),
  version: one(2, text),
});

export const clusterInfo = message({
  members: many(
    1,
    message({
      instanceId: one(1, uuid),
      /** 100-nanosecond ticks since 1970. */
      timeStamp: one(2, int64),
      state: one(3, int32),
      isAlive: one(4, bool),
      httpEndPoint: one(5, message({ address: one(1, text), port: one(2, uint32) })),
    }),
  ),
});
