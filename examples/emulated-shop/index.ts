export type { ChosenStorage } from './chosen-storage';
export { storageFrom } from './chosen-storage';
export type { CloudRegister } from './cloud-register';
export { INN } from './cloud-register';
export type { EmulatedShop } from './emulated-shop';
export { openEmulatedShop } from './emulated-shop';
export type { EventStoreDb } from './event-store-db';
export { eventStoreDb } from './event-store-db';
export { sure } from './sure';
