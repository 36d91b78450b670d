import { createStore } from './store.ts';

/** Files of this user that lie on this device only. */
export const unsentFiles = createStore(0);
